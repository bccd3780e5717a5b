namespace Signify.Notifications.Sandbox.Entra;

/// <summary>What a token is for; the address, as it was asked for, becomes <c>aud</c>.</summary>
internal sealed record TokenResource(string Uri, bool IsExchange)
{
    private const string ExchangeId = "00000002-0000-0ff1-ce00-000000000000";
    private const string GraphId = "00000003-0000-0000-c000-000000000000";

    private static readonly string[] Exchange =
    [
        "https://outlook.office365.com", "https://outlook.office.com", "https://outlook.office365.us",
        "https://outlook-dod.office365.us", "https://partner.outlook.cn", ExchangeId,
    ];

    private static readonly string[] Graph =
    [
        "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
        "https://microsoftgraph.chinacloudapi.cn", GraphId,
    ];

    public static bool IsForExchange(string audience) => Exchange.Contains(audience, StringComparer.OrdinalIgnoreCase);

    /// <summary>The sandbox's own address stands for Graph.</summary>
    public static TokenResource? Find(string uri, string own)
    {
        var plain = uri.TrimEnd('/');
        if (IsForExchange(plain))
        {
            return new TokenResource(plain, IsExchange: true);
        }

        return Graph.Contains(plain, StringComparer.OrdinalIgnoreCase) || string.Equals(plain, own, StringComparison.OrdinalIgnoreCase)
            ? new TokenResource(plain, IsExchange: false)
            : null;
    }
}
