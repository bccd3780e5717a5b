using System.Text;

namespace Signify.Notifications.Sandbox.Entra;

/// <summary>The form of a token request, with credentials from the body or the Authorization header.</summary>
internal sealed record TokenRequest
{
    public required string Tenant { get; init; }

    public string? GrantType { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? ClientAssertion { get; init; }

    public string? Scope { get; init; }

    public static async Task<TokenRequest> ReadAsync(HttpContext context, string tenant)
    {
        var form = await FormAsync(context);
        var (id, secret) = BasicCredentials(context.Request.Headers.Authorization);
        return new TokenRequest
        {
            Tenant = tenant,
            GrantType = Value(form, "grant_type"),
            ClientId = Value(form, "client_id") ?? id,
            ClientSecret = Value(form, "client_secret") ?? secret,
            ClientAssertion = Value(form, "client_assertion"),
            Scope = Value(form, "scope"),
        };
    }

    private static async Task<IFormCollection> FormAsync(HttpContext context)
    {
        try
        {
            return context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty; // No form at all: Entra misses every parameter.
        }
    }

    private static string? Value(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } value ? value : null;

    private static (string? Id, string? Secret) BasicCredentials(string? header)
    {
        const string Scheme = "Basic ";
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return (null, null);
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var length))
        {
            return (null, null);
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : (null, null);
    }
}
