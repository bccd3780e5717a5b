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
            return $"{name} belongs to the cloud {other.Label}, and {cloud.Label} is chosen.";
        }

        return name switch
        {
            _ when name.EndsWith(".mail.protection.outlook.com", StringComparison.Ordinal) => $"{name} is the host that receives mail for a domain (MX). It does not accept sign-in.",
            "outlook.office365.com" or "outlook.office.com" => $"{name} is the host for IMAP, POP and the web, not for sending over SMTP.",
            "smtp-mail.outlook.com" => $"{name} is for personal Outlook.com accounts.",
            "smtp-legacy.office365.com" => $"{name} is the host for outdated TLS versions. It is not needed here.",
            "smtp-hve.office365.com" => $"{name} is for High Volume Email accounts.",
            "smtp.gmail.com" or "smtp-relay.gmail.com" => $"{name} belongs to Google.",
            _ when name.StartsWith("imap.", StringComparison.Ordinal) || name.StartsWith("imap-", StringComparison.Ordinal) => $"{name} looks like an IMAP host, which is for reading mail.",
            _ when name.StartsWith("pod", StringComparison.Ordinal) && name.EndsWith(".outlook.com", StringComparison.Ordinal) => $"{name} is an old server name that Microsoft has given up.",
            _ => null,
        };
    }
}
