using System.Globalization;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>A domain as DNS and SMTP know it.</summary>
internal static class DomainName
{
    private const int Limit = 253;
    private const int LabelLimit = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <returns>Lower case, IDN as punycode; null when it is no domain. An address literal is none.</returns>
    public static string? ToAscii(string domain)
    {
        if (domain.Length > Limit)
        {
            return null;
        }

        if (domain.AsSpan().ContainsAnyExceptInRange('\0', '\x7f'))
        {
            try
            {
                domain = Idn.GetAscii(domain);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        return IsHostName(domain) ? domain.ToLowerInvariant() : null;
    }

    private static bool IsHostName(string domain)
    {
        if (domain.Length is 0 or > Limit)
        {
            return false;
        }

        foreach (var range in domain.AsSpan().Split('.'))
        {
            var label = domain.AsSpan(range);
            if (label.Length is 0 or > LabelLimit || label[0] == '-' || label[^1] == '-' || !label.IsLettersDigitsHyphens())
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLettersDigitsHyphens(this ReadOnlySpan<char> label)
    {
        foreach (var c in label)
        {
            // The underscore is no host name's, but some companies' domains have one and receive mail.
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
