namespace Signify.Notifications.Delivery.Reading;

/// <summary>A searched address, spelt as addresses are stored: what is before the @ as it was handed in, the domain in lower case.</summary>
internal static class Addresses
{
    public static string Spelt(string typed)
    {
        var text = typed.Trim();
        var at = text.LastIndexOf('@');
        return at < 0 ? text : text[..at] + text[at..].ToLowerInvariant();
    }

    /// <summary>People type capitals that nobody stored.</summary>
    public static IEnumerable<string> Spellings(string typed) => new[] { Spelt(typed), Spelt(typed).ToLowerInvariant() }.Distinct(StringComparer.Ordinal);
}
