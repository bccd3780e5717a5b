namespace Signify.Notifications.Microsoft365;

/// <summary>
/// The clouds of Microsoft 365. Worldwide hosts are Microsoft's own documentation's; those of the national clouds are
/// documented for Entra and Graph and in wide use for Exchange, and can be overridden in configuration.
/// </summary>
internal static class MicrosoftClouds
{
    public static readonly Cloud Worldwide = new()
    {
        Name = "Worldwide",
        Label = "Worldwide (and GCC)",
        Authority = new Uri("https://login.microsoftonline.com"),
        SmtpHost = "smtp.office365.com",
        SmtpScope = "https://outlook.office365.com/.default",
        Graph = new Uri("https://graph.microsoft.com"),
        GraphScope = "https://graph.microsoft.com/.default",
        Portal = new Uri("https://entra.microsoft.com"),
        BuiltIn = true,
    };

    private static readonly Cloud GccHigh = new()
    {
        Name = "GccHigh",
        Label = "GCC High",
        Authority = new Uri("https://login.microsoftonline.us"),
        SmtpHost = "smtp.office365.us",
        SmtpScope = "https://outlook.office365.us/.default",
        Graph = new Uri("https://graph.microsoft.us"),
        GraphScope = "https://graph.microsoft.us/.default",
        Portal = new Uri("https://entra.microsoft.us"),
        ExchangeEnvironment = "O365USGovGCCHigh",
        BuiltIn = true,
    };

    private static readonly Cloud DoD = new()
    {
        Name = "DoD",
        Label = "DoD",
        Authority = new Uri("https://login.microsoftonline.us"),
        SmtpHost = "outlook-dod.office365.us",
        SmtpScope = "https://outlook-dod.office365.us/.default",
        Graph = new Uri("https://dod-graph.microsoft.us"),
        GraphScope = "https://dod-graph.microsoft.us/.default",
        Portal = new Uri("https://entra.microsoft.us"),
        ExchangeEnvironment = "O365USGovDoD",
        BuiltIn = true,
    };

    private static readonly Cloud China = new()
    {
        Name = "China",
        Label = "China (21Vianet)",
        Authority = new Uri("https://login.partner.microsoftonline.cn"),
        SmtpHost = "smtp.partner.outlook.cn",
        SmtpScope = "https://partner.outlook.cn/.default",
        Graph = new Uri("https://microsoftgraph.chinacloudapi.cn"),
        GraphScope = "https://microsoftgraph.chinacloudapi.cn/.default",
        Portal = new Uri("https://portal.azure.cn"),
        ExchangeEnvironment = "O365China",
        BuiltIn = true,
    };

    public static IReadOnlyList<Cloud> All { get; } = [Worldwide, GccHigh, DoD, China];
}
