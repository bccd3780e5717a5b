using System.Globalization;
using System.Text;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.RepairKit;

/// <summary>What the network team is asked for, on one page: hosts, ports and why.</summary>
public sealed record NetworkNote(string Title, IReadOnlyList<NetworkRule> Rules, IReadOnlyList<string> Remarks)
{
    public const string FileName = "signify-network-note.md";

    /// <summary>For Microsoft 365, by the cloud and the route that was chosen.</summary>
    public static NetworkNote For(Cloud cloud, RouteChoice route, int port)
    {
        var rules = new List<NetworkRule>
        {
            new(cloud.Authority.Host, Tcp(cloud.Authority.Port), "HTTPS", "Microsoft Entra hands out the access tokens here. Without it nothing is sent."),
        };
        if (route != RouteChoice.Smtp)
        {
            rules.Add(new(cloud.Graph.Host, Tcp(cloud.Graph.Port), "HTTPS", "Microsoft Graph takes the messages, when mail leaves over Graph."));
        }

        if (route != RouteChoice.Graph)
        {
            rules.Add(new(cloud.SmtpHost, Tcp(port), "SMTP with STARTTLS", "Exchange Online takes the messages, when mail leaves over SMTP. The connection begins in clear and is encrypted before anything is said of a mailbox."));
        }

        return new NetworkNote($"Microsoft 365, {cloud.Label}", [.. rules, .. Revocation(cloud.CheckRevocation), .. House], [.. Remarks365(route)]);
    }

    /// <summary>For a mail server of one's own.</summary>
    public static NetworkNote For(string server, int port) => new($"Mail server {server}",
        [new(server, Tcp(port), "SMTP, with TLS where the server offers it", "The mail server takes the messages here."), .. Revocation(true), .. House],
        ["Everything goes out; nothing has to reach this program from the Internet for sending."]);

    public string ToText()
    {
        var text = new StringBuilder("# Network note for Signify Notifications\n\n")
            .Append(CultureInfo.InvariantCulture, $"{Title}. All connections go **out**, from the server on which Signify Notifications runs.\n\n")
            .Append("| To | Port | Protocol | Needed | Why |\n|---|---|---|---|---|\n");
        foreach (var rule in Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(rule.Host)} | {rule.Port} | {rule.Protocol} | {(rule.Required ? "yes" : "advised")} | {rule.Why} |\n");
        }

        text.Append('\n');
        foreach (var remark in Remarks)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {remark}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<NetworkRule> Revocation(bool looked) => looked
        ? [new("the addresses named in the servers' certificates, today of Microsoft and DigiCert", "TCP 80", "HTTP (CRL, OCSP)",
            "The program asks whether a certificate was revoked. These answers are signed, so port 80 is the usual one. Where it is closed, the check warns or fails at Encryption.")]
        : [];

    private static IEnumerable<NetworkRule> House =>
    [
        new("your name server", "UDP and TCP 53", "DNS", "The names above are looked up; their addresses change.") { Required = false },
        new("your time server", "UDP 123", "NTP", "Tokens are valid by the clock. Five minutes off, and sign-in begins to fail.") { Required = false },
    ];

    private static IEnumerable<string> Remarks365(RouteChoice route) =>
    [
        "Everything goes out; nothing has to reach this program from the Internet for sending.",
        "Allow names, not addresses: Microsoft changes addresses without notice. Its own list is \"Office 365 URLs and IP address ranges\" (https://aka.ms/o365endpoints).",
        "TLS 1.2 or newer. No TLS inspection on these hosts: the program does not accept a certificate in the place of Microsoft's.",
        "A proxy works for HTTPS: set HTTPS_PROXY for the program.",
        .. route == RouteChoice.Graph ? Array.Empty<string>() :
        [
            "SMTP does not go through an HTTP proxy. Where port 587 cannot be opened, choose Route Microsoft Graph: it needs 443 alone.",
            "A firewall that looks into SMTP (\"SMTP fixup\", \"mail guard\") often takes STARTTLS out of the dialogue. Switch that off for this host.",
        ],
    ];

    private static string Tcp(int port) => $"TCP {port.ToString(CultureInfo.InvariantCulture)}";

    // A name typed by a person stands in a table here.
    private static string Cell(string text) => PowerShellText.Plain(text).Replace("|", "\\|", StringComparison.Ordinal);
}
