using Signify.Notifications.Delivery;

namespace Signify.Notifications.Health.Figures;

/// <summary>How a mailbox stands, for the whole cluster.</summary>
/// <param name="Waiting">Of mailings that go on; without what is in hand.</param>
/// <param name="Paused">Of mailings that somebody paused.</param>
/// <param name="Age">For how long the oldest that is due has been due; zero when none is.</param>
/// <param name="DaysLeft">To the end of its credential, negative when it is over; null when none is known.</param>
internal sealed record MailboxFigures(Guid RulesetId, Hold Hold, long Waiting, long Paused, long InHand, TimeSpan Age, int? DaysLeft);
