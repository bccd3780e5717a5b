namespace Signify.Notifications.Delivery.Sending;

/// <summary>The rulesets' mailboxes whose active settings send from one mailbox at Microsoft: one process sends for all of them.</summary>
/// <param name="Key">That mailbox: <see cref="Settings.MailboxKey"/>; null for a relay, which is shared by none.</param>
/// <param name="Leader">The smallest <see cref="Mailbox.Id"/> among them, by which the owner of all is found.</param>
public sealed record MailboxGroup(string? Key, int Leader);
