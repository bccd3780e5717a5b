using System.Text.Json;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>An answer of Graph's to <c>sendMail</c> that goes with a mailbox of its own.</summary>
/// <param name="Id">Also the name of the mailbox.</param>
/// <param name="Finds">The code of the finding that is to stand first.</param>
internal sealed record GraphFault(string Id, int Status, string Code, string Message, string Finds)
{
    /// <summary>The response is a web page of a proxy or a filter with <see cref="Message"/> as its text, not Graph's.</summary>
    public bool FromStranger { get; init; }

    public string Address => $"{Id}@contoso.com";

    public SandboxMailbox Mailbox => new()
    {
        Address = Address,
        DisplayName = Id,
        GraphFault = FromStranger
            ? HttpFault.Page(Status, $"<!DOCTYPE html><html><head><title>{Message}</title></head><body><h1>{Message}</h1></body></html>")
            : HttpFault.Answer(Status, JsonSerializer.Serialize(new { error = new { code = Code, message = Message } })),
    };
}
