namespace Signify.Notifications.Sandbox.Tenants;

public enum MailboxState
{
    Ready,

    /// <summary>A user without an Exchange Online licence, barred from submission.</summary>
    Unlicensed,
    Full,

    /// <summary>Blocked as a bad outbound sender.</summary>
    Blocked,
}
