using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>A certificate's assertion, or a host's statement for a federated credential. Its form and times are looked at; its signature is not, as no certificate is registered here.</summary>
internal static class ClientAssertion
{
    private const string FederationAudience = "api://AzureADTokenExchange";

    public static EntraError? Refusal(string assertion, SandboxApp app, DateTimeOffset now)
    {
        var parts = assertion.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
        {
            return EntraError.MalformedAssertion();
        }

        try
        {
            using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return Refusal(body.RootElement, app, now);
        }
        catch (JsonException)
        {
            return EntraError.MalformedAssertion();
        }
    }

    private static EntraError? Refusal(JsonElement body, SandboxApp app, DateTimeOffset now)
    {
        if (body.ValueKind == JsonValueKind.Object && Text(body, "aud") == FederationAudience)
        {
            var subject = Text(body, "sub") ?? "";
            return subject == app.FederatedSubject ? null : EntraError.NoFederatedCredential(subject);
        }

        if (body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("exp", out var exp) || !TryTime(exp, out var expires)
            || !body.TryGetProperty("iss", out var issuer) || issuer.ValueKind != JsonValueKind.String)
        {
            return EntraError.MalformedAssertion();
        }

        if (!Guid.TryParse(issuer.GetString(), out var id) || id != app.ClientId)
        {
            return EntraError.AssertionOfOtherApp();
        }

        return expires <= now.ToUnixTimeSeconds() ? EntraError.ExpiredAssertion() : null;
    }

    // MSAL writes its times as text, and Entra takes them.
    private static bool TryTime(JsonElement value, out long seconds)
    {
        seconds = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out seconds),
            JsonValueKind.String => long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out seconds),
            _ => false,
        };
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
