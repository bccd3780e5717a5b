using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Tenants;

/// <summary>A fault that goes with a mailbox, so that whoever uses another one is left in peace.</summary>
public sealed record MailboxFault(SmtpStage Stage, SmtpFault Fault);
