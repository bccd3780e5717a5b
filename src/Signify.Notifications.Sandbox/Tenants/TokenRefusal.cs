namespace Signify.Notifications.Sandbox.Tenants;

/// <summary>What Entra says to an app in place of a token.</summary>
/// <param name="Code">The AADSTS number.</param>
/// <param name="Error">The OAuth error, such as <c>invalid_client</c>.</param>
/// <param name="Status">Of HTTP: 400, 401, 429 or 5xx.</param>
public sealed record TokenRefusal(int Code, string Error, int Status, string Text)
{
    public int? RetryAfterSeconds { get; init; }
}
