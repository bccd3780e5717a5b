using System.Globalization;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>A refusal of Entra's that goes with an app of its own, whose IDs end in the AADSTS number.</summary>
/// <param name="Finds">The code of the finding that is to stand first.</param>
internal sealed record EntraFault(TokenRefusal Refusal, string Finds)
{
    public EntraFault(int code, string error, int status, string text, string finds)
        : this(new TokenRefusal(code, error, status, text), finds)
    {
    }

    public string Id => $"aadsts-{Refusal.Code}";

    public SandboxApp App => new()
    {
        ClientId = Guid.ParseExact($"5a1ec0de-aad5-4b7a-9c15-{Number}", "D"),
        ObjectId = Guid.ParseExact($"0b1ec7ed-aad5-4e19-8d62-{Number}", "D"),
        Name = $"Signify (AADSTS{Refusal.Code})",
        Secret = $"Aad8Q~{$"Pretend{Refusal.Code}".PadRight(34, 'x')}",
        Refusal = Refusal,
    };

    private string Number => Refusal.Code.ToString("D12", CultureInfo.InvariantCulture);
}
