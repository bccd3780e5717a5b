using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Words;

/// <summary>A file of words in this folder, spoken in the language of whoever asks as far as there is a translation, else in English.</summary>
internal sealed partial class WordFile(string name)
{
    public ResourceManager Resources { get; } = new($"Signify.Notifications.Words.{name}", typeof(WordFile).Assembly);

    /// <param name="key">Which words.</param>
    /// <param name="values">What stands in the place of <c>{name}</c> in them.</param>
    /// <exception cref="ArgumentException">There are no such words, or a value for them is missing.</exception>
    public string Get(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var words = Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new ArgumentException($"There are no words named {key}.", nameof(key));
        if (!words.Contains('{', StringComparison.Ordinal))
        {
            return words;
        }

        // In one pass, so that a value with braces of its own stays what it is.
        var given = values.ToArray();
        return Placeholder().Replace(words, match => Value(given, match.Groups["name"].Value, key));
    }

    /// <summary>The names in braces.</summary>
    public static IReadOnlyList<string> Names(string words) => [.. Placeholder().Matches(words).Select(m => m.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)];

    private static string Value((string Name, string Value)[] given, string name, string key)
    {
        var index = Array.FindIndex(given, pair => pair.Name == name);
        return index >= 0 ? given[index].Value : throw new ArgumentException($"The words {key} want a value for {name}.", nameof(given));
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
