using System.Text.Json;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>An answer of Graph's to <c>sendMail</c> that goes with a mailbox of its own.</summary>
/// <param name="Id">Also the name of the mailbox.</param>
/// <param name="Finds">The code of the finding that is to stand first.</param>
internal sealed record GraphFault(string Id, int Status, string Code, string Message, string Finds)
{
    public string Address => $"{Id}@contoso.com";

    public SandboxMailbox Mailbox => new()
    {
        Address = Address,
        DisplayName = Id,
        GraphFault = HttpFault.Answer(Status, JsonSerializer.Serialize(new { error = new { code = Code, message = Message } })),
    };
}
