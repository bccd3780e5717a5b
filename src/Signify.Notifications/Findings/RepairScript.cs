namespace Signify.Notifications.Findings;

/// <summary>A finished script of the repair kit. The kebab-case form names it in addresses and in the API.</summary>
public enum RepairScript
{
    /// <summary>SMTP, the classic way: service principal and full access to the mailbox, beside SMTP.SendAsApp in Entra.</summary>
    SmtpMailboxAccess,

    /// <summary>SMTP, least privilege: a role assignment inside Exchange, nothing in Entra.</summary>
    SmtpRoleAssignment,

    /// <summary>Lets one mailbox sign in over SMTP; the tenant's switch stays as it is.</summary>
    SmtpAuthForMailbox,

    /// <summary>Graph's Mail.Send for one group of mailboxes in place of the whole tenant.</summary>
    GraphOneMailbox,

    /// <summary>The right to send with another From address than the mailbox's own.</summary>
    SendAs,

    /// <summary>Stops copies of what is sent over SMTP from filling the mailbox.</summary>
    SentItemsCopyOff,
}
