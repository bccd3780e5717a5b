using Signify.Notifications.Microsoft365;

namespace Signify.Notifications.Checks.Ranking;

/// <summary>For whom a token was made. Exchange and Graph have several names each, all of them right.</summary>
internal static class TokenAudience
{
    private const string ExchangeId = "00000002-0000-0ff1-ce00-000000000000";
    private const string GraphId = "00000003-0000-0000-c000-000000000000";

    private static readonly string[] ExchangeHosts =
        ["outlook.office365.com", "outlook.office.com", "outlook.office365.us", "outlook-dod.office365.us", "partner.outlook.cn"];

    /// <summary>It names a service, and that is not the one of the cloud's mail server.</summary>
    public static bool IsForeign(TokenClaims? claims, Cloud cloud) => claims?.Audience is { Length: > 0 } audience
        && audience != ExchangeId
        && !ExchangeHosts.Contains(HostOf(audience), StringComparer.OrdinalIgnoreCase)
        && !string.Equals(HostOf(audience), HostOf(cloud.SmtpScope), StringComparison.OrdinalIgnoreCase);

    /// <summary>It is Graph's: no doubt that Exchange does not take it.</summary>
    public static bool IsGraphs(TokenClaims? claims, Cloud cloud) => claims?.Audience is { } audience
        && (audience == GraphId || string.Equals(HostOf(audience), cloud.Graph.Host, StringComparison.OrdinalIgnoreCase)
            || string.Equals(HostOf(audience), HostOf(cloud.GraphScope), StringComparison.OrdinalIgnoreCase));

    private static string HostOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : address;
}
