using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MimeKit;
using Signify.Notifications.Delivery.HandIn.Recipients;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// One mailbox that mail can be sent to. The address is stricter than RFC 5322: no quoted local part, group, route or address
/// literal, and a domain with a dot. Around it, what people copy along is accepted: see <see cref="AddressText"/>.
/// What passes means to MimeKit what it means here, so that no header and no envelope gets a recipient nobody named.
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

    private const string NotAnAddress = "This is not an e-mail address such as anna@contoso.com, with or without a name before it.";

    private static readonly char[] AroundWords = [' ', '\u00A0', '(', ')', '<', '>', '[', ']', ',', ';', ':', '"', '\''];

    private const string Several = "This holds more than one address, or more than one @. Only one address can be used here.";

    /// <param name="text">An address alone, or with a display name, as people copy it.</param>
    /// <param name="fault">What is wrong, for a person, without the address itself.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out RecipientAddress address, [NotNullWhen(false)] out string? fault)
    {
        address = default;
        text = InvisibleCharacters.Trim(text ?? "");
        if (text.Length == 0)
        {
            fault = "An e-mail address is missing.";
            return false;
        }

        if (!PlainText.IsOneLine(text))
        {
            fault = text.Contains('\t', StringComparison.Ordinal)
                ? $"The address holds an invisible character ({InvisibleCharacters.Find(text)}). Delete it."
                : "An address holds no line break and no other control character.";
            return false;
        }

        var parts = AddressText.Parse(text);
        string? name = null;
        fault = Bare(parts.Address, out var bare) ?? (parts.Name is null ? null : Named(parts, bare, out name));
        address = fault is null ? new RecipientAddress(bare, name) : default;
        return fault is null;
    }

    /// <summary>For an address list in RFC 5322 form, on one line, not encoded.</summary>
    public override string ToString() => new MailboxAddress(Name, Address).ToString();

    /// <returns>What is wrong, or null.</returns>
    private static string? Named(in AddressText parts, string bare, out string? name)
    {
        name = parts.PlainName();
        if (name is null)
        {
            return "The name before the address cannot be read. Delete it, or write it without =?.";
        }

        if (name.Length > NameLimit || !PlainText.IsOneLine(name))
        {
            return $"The name before the address has at most {NameLimit} characters, no line break and no other control character.";
        }

        // One copies the address as its own name; another address there is a recipient who would get nothing.
        foreach (var word in name.Split(AroundWords, StringSplitOptions.RemoveEmptyEntries))
        {
            var isSame = Bare(word.TrimEnd('.'), out var other) is null && other.Equals(bare, StringComparison.OrdinalIgnoreCase);
            if (word.IndexOf('@', 1) > 0 && !isSame)
            {
                return "The name holds another address than the brackets. Keep one of them.";
            }
        }

        name = name.Length == 0 || Bare(AddressText.Parse(name).Address, out _) is null ? null : name;
        return null;
    }

    /// <returns>What is wrong, or null.</returns>
    private static string? Bare(string text, out string address)
    {
        address = "";
        if (InvisibleCharacters.Find(text) is { } invisible)
        {
            return $"The address holds an invisible character ({invisible}). Delete it.";
        }

        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1)
        {
            return text.AsSpan().IndexOfAny('\uFF20', '\uFE6B') > 0
                ? "The @ is another character that looks like it (U+FF20). Type the @ again."
                : NotAnAddress;
        }

        var local = text.AsSpan(0, at);
        if (local.Contains('@'))
        {
            return Several;
        }

        if (local.IndexOfAnyExceptInRange('\0', '\x7f') is var foreign and >= 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The part before the @ has a letter (U+{(int)local[foreign]:X4}) ")
                + "that most servers, Exchange among them, do not take. Use the person's ASCII address.";
        }

        if (!IsDotAtom(local))
        {
            return NotAnAddress;
        }

        if (DomainName.ToAscii(text[(at + 1)..]) is not { } domain)
        {
            return "The part after the @ is not a domain.";
        }

        if (!domain.Contains('.', StringComparison.Ordinal))
        {
            return "The domain after the @ must have a dot, such as contoso.com.";
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
}
