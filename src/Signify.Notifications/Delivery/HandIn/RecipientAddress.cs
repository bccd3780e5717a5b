using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// One mailbox that mail can be sent to. Stricter than RFC 5322 allows: no quoted local part, comment, group, route or address
/// literal. What passes means to MimeKit what it means here, so that no header and no envelope gets a recipient nobody named.
/// </summary>
/// <param name="Address">The bare address, ASCII, the domain in lower case: IDN as punycode.</param>
/// <param name="Name">The display name.</param>
public readonly record struct RecipientAddress(string Address, string? Name)
{
    /// <summary>Of the part before the @ (RFC 5321).</summary>
    public const int LocalLimit = 64;

    /// <summary>Of the whole address (RFC 5321).</summary>
    public const int AddressLimit = 254;

    public const int NameLimit = 200;

    private static readonly SearchValues<char> Meaningful = SearchValues.Create("()<>[]:;@\\,\"");

    private const string NotAnAddress = "This is not an e-mail address such as anna@contoso.com or Anna <anna@contoso.com>.";

    /// <param name="text">An address alone, or <c>Anna &lt;anna@contoso.com&gt;</c>.</param>
    /// <param name="fault">What is wrong, for a person, without the address itself.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out RecipientAddress address, [NotNullWhen(false)] out string? fault)
    {
        address = default;
        text = text?.Trim(' ');
        if (string.IsNullOrEmpty(text))
        {
            fault = "An e-mail address is missing.";
            return false;
        }

        if (!PlainText.IsOneLine(text))
        {
            fault = "An address holds no line break and no other control character.";
            return false;
        }

        var open = text.LastIndexOf('<');
        if (open < 0)
        {
            fault = Bare(text, out var alone);
            address = new RecipientAddress(alone, null);
            return fault is null;
        }

        return TryParseNamed(text, open, out address, out fault);
    }

    /// <summary>For an address list in RFC 5322 form, on one line, not encoded.</summary>
    public override string ToString() => new MailboxAddress(Name, Address).ToString();

    private static bool TryParseNamed(string text, int open, out RecipientAddress address, [NotNullWhen(false)] out string? fault)
    {
        address = default;
        fault = NotAnAddress;
        if (!text.EndsWith('>') || Bare(text[(open + 1)..^1], out var bare) is { } wrong && (fault = wrong) is not null)
        {
            return false;
        }

        // The name alone goes to MimeKit, before an address that cannot be in doubt.
        var name = text[..open].Trim(' ');
        if (name.Length == 0)
        {
            (address, fault) = (new RecipientAddress(bare, null), null);
            return true;
        }

        if (!PlainPhrase(name) || !MailboxAddress.TryParse($"{name} <a@b>", out var parsed) || parsed is not { Address: "a@b", Route.Count: 0 }
            || parsed.Name is null)
        {
            fault = "The name before the address cannot be read. Put it in quotes: \"Name, First\" <anna@contoso.com>.";
            return false;
        }

        if (parsed.Name.Length > NameLimit || !PlainText.IsOneLine(parsed.Name))
        {
            fault = $"The name before the address has at most {NameLimit} characters, no line break and no other control character.";
            return false;
        }

        (address, fault) = (new RecipientAddress(bare, parsed.Name.Length == 0 ? null : parsed.Name), null);
        return true;
    }

    /// <returns>What is wrong, or null.</returns>
    private static string? Bare(string text, out string address)
    {
        address = "";
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1)
        {
            return NotAnAddress;
        }

        var local = text.AsSpan(0, at);
        if (local.ContainsAnyExceptInRange('\0', '\x7f'))
        {
            return "The part before the @ has letters that most servers, Exchange among them, do not take. Use the person's ASCII address.";
        }

        if (!IsDotAtom(local))
        {
            return NotAnAddress;
        }

        if (DomainName.ToAscii(text[(at + 1)..]) is not { } domain)
        {
            return "The part after the @ is not a domain.";
        }

        address = string.Concat(local, "@", domain);
        return local.Length > LocalLimit || address.Length > AddressLimit
            ? $"An address has at most {AddressLimit} characters, {LocalLimit} of them before the @."
            : null;
    }

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        var afterDot = true;
        foreach (var c in local)
        {
            if (c == '.' ? afterDot : !char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~".Contains(c))
            {
                return false;
            }

            afterDot = c == '.';
        }

        return !afterDot;
    }

    /// <summary>A quoted string, or words without any of the characters that mean something in an address list.</summary>
    private static bool PlainPhrase(string name)
    {
        if (name is not ['"', .. var inner, '"'])
        {
            return name.AsSpan().IndexOfAny(Meaningful) < 0;
        }

        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\')
            {
                i++;
                if (i == inner.Length)
                {
                    return false;
                }
            }
            else if (inner[i] == '"')
            {
                return false;
            }
        }

        return true;
    }
}
