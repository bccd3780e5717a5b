using System.Globalization;
using System.Text;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>A check as plain text for Microsoft support: IDs, times and the server's words; no secret is in any of them.</summary>
public static class SupportText
{
    public static string Of(SettingsRevision revision, CheckReport report)
    {
        var text = new StringBuilder();
        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name,-12} {value}\n");
            }
        }

        Line("Checked", report.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Line("Settings", $"revision {revision.Number}");
        Line("Cloud", revision.SignIn == SignIn.Token ? revision.Cloud : null);
        Line("Tenant ID", revision.TenantId);
        Line("Client ID", revision.ClientId);
        Line("Mailbox", revision.FromEmail);
        Line("Server", revision.SignIn == SignIn.Token ? null : revision.ServerName);
        Line("Port", revision.Port.ToString(CultureInfo.InvariantCulture));
        text.Append('\n');
        foreach (var step in report.Steps)
        {
            Append(text, new CheckRow(step));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, CheckRow row)
    {
        text.Append(CultureInfo.InvariantCulture, $"{row.Label,-20} {row.State,-8} {row.Step.Duration.TotalMilliseconds,6:0} ms  {row.Step.Summary}\n");
        foreach (var finding in row.Step.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {finding.Code.ToCode()}: {finding.Message}\n");
        }

        foreach (var said in (row.Step.Evidence ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            text.Append(CultureInfo.InvariantCulture, $"    > {said}\n");
        }
    }
}
