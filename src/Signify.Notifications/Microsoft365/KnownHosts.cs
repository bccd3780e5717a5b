using Signify.Notifications.Diagnosis;

namespace Signify.Notifications.Microsoft365;

/// <summary>Host names that administrators type although they are the wrong one, with the reason.</summary>
public static class KnownHosts
{
    /// <summary>Null when nothing is known against <paramref name="host"/> in this cloud.</summary>
    public static string? WhyNot(string host, Cloud cloud, IEnumerable<Cloud> all)
    {
        var name = host.Trim().TrimEnd('.').ToLowerInvariant();
        if (name.Equals(cloud.SmtpHost, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (all.FirstOrDefault(c => c.SmtpHost.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            return CauseWords.Get("why.other-cloud", ("host", name), ("other", other.Label), ("cloud", cloud.Label));
        }

        return name switch
        {
            _ when name.EndsWith(".mail.protection.outlook.com", StringComparison.Ordinal) => Because("mx-host", name),
            "outlook.office365.com" or "outlook.office.com" => Because("reading-host", name),
            "smtp-mail.outlook.com" => Because("personal-host", name),
            "smtp-legacy.office365.com" => Because("legacy-host", name),
            "smtp-hve.office365.com" or "smtp.hve.mx.microsoft" => Because("high-volume-host", name),
            "smtp.gmail.com" or "smtp-relay.gmail.com" => Because("google-host", name),
            _ when name.StartsWith("imap.", StringComparison.Ordinal) || name.StartsWith("imap-", StringComparison.Ordinal) => Because("imap-host", name),
            _ when name.StartsWith("pod", StringComparison.Ordinal) && name.EndsWith(".outlook.com", StringComparison.Ordinal) => Because("given-up-host", name),
            _ => null,
        };
    }

    private static string Because(string why, string name) => CauseWords.Get($"why.{why}", ("host", name));
}
