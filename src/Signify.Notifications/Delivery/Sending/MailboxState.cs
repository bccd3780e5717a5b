using Signify.Notifications.Findings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>What a sender has to know of its mailbox before each step.</summary>
/// <param name="ActiveRevision">The settings in charge; null before the first passing check.</param>
/// <param name="PassedAt">When their last passing check ended.</param>
/// <param name="RowsBehind">A mailing was paused, cancelled or resumed and its notifications do not say so yet, or some have expired.</param>
/// <param name="BecameDue">The time of some scheduled ones has come.</param>
/// <param name="UrgentWaits">An urgent one is queued.</param>
public sealed record MailboxState(
    Guid RulesetId, long Epoch, long ControlVersion, Hold Hold, DateTimeOffset? HeldAt, DateTimeOffset? WaitUntil, FindingCode? WaitCode, int Waits,
    double PaceShare, DateTimeOffset? PaceSharedAt, Guid? ActiveRevision, DateTimeOffset? PassedAt, bool RowsBehind, bool BecameDue,
    bool UrgentWaits)
{
    /// <summary>Held for the configuration, and a check passed since.</summary>
    public bool MayGoOn => Hold == Hold.Configuration && PassedAt > HeldAt;

    /// <summary>Whether it is to wait still. For a broken road a check that passed since is proof enough that it is mended.</summary>
    public bool MustWait(DateTimeOffset now) => WaitUntil > now && !(PassedAt > PaceSharedAt && WaitCode is { } code && StopKinds.Of(code) == StopKind.Unreachable);
}
