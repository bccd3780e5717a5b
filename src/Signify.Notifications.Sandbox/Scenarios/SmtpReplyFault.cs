using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>A reply of Exchange Online that goes with a mailbox of its own.</summary>
/// <param name="Id">Also the name of the mailbox.</param>
/// <param name="Reply">Null: the connection is cut there.</param>
/// <param name="Finds">The code of the finding that is to stand first.</param>
internal sealed record SmtpReplyFault(string Id, SmtpStage Stage, string? Reply, string Finds)
{
    public string Address => $"{Id}@contoso.com";

    // The check goes as far as MAIL FROM.
    public ScenarioProof ShownBy => Stage <= SmtpStage.MailFrom ? ScenarioProof.Check : ScenarioProof.TestMessage;

    public SandboxMailbox Mailbox => new() { Address = Address, DisplayName = Id, SmtpFault = new MailboxFault(Stage, Reply is null ? SmtpFault.Reset : SmtpFault.Answer(Reply)) };
}
