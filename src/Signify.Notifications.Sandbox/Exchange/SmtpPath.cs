using MimeKit;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>The address and parameters behind MAIL FROM: and RCPT TO:.</summary>
internal sealed record SmtpPath(string Address, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Null when it cannot be read. The empty address is the null sender.</summary>
    public static SmtpPath? Parse(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = argument[keyword.Length..].TrimStart();
        var end = rest.IndexOf('>', StringComparison.Ordinal);
        if (!rest.StartsWith('<') || end < 0)
        {
            return null;
        }

        return new SmtpPath(rest[1..end], ParametersOf(rest[(end + 1)..]));
    }

    public bool IsMailbox => Address.Length is > 2 and <= 320
        && !Address.Any(char.IsControl)
        && MailboxAddress.TryParse(Address, out var mailbox)
        && string.Equals(mailbox.Address, Address, StringComparison.Ordinal)
        && Address.Contains('@', StringComparison.Ordinal);

    private static Dictionary<string, string> ParametersOf(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            parameters[pair[0]] = pair.Length == 2 ? pair[1] : "";
        }

        return parameters;
    }
}
