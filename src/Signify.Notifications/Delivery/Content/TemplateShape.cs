using System.Text.RegularExpressions;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// Refuses what would be nested so deeply that reading it takes more stack than a thread has: that ends the process, and no catch
/// helps. Counted in the bare text, so that nothing depends on where strings and tags end.
/// </summary>
internal static partial class TemplateShape
{
    /// <summary>Ifs, loops and their like in one part, whether within one another or not.</summary>
    public const int BlockLimit = 200;

    private const int BracketLimit = 100;

    public static TemplateError? Fault(string field, string source) => TooManyBlocks(field, source) ?? TooDeepBrackets(field, source);

    public static (int Line, int Column) Place(string source, int at)
    {
        var before = source.AsSpan(0, at);
        return (1 + before.Count('\n'), at - before.LastIndexOf('\n'));
    }

    private static TemplateError? TooManyBlocks(string field, string source)
    {
        var blocks = 0;
        foreach (var block in Block().EnumerateMatches(source))
        {
            if (++blocks > BlockLimit)
            {
                var (line, column) = Place(source, block.Index);
                return new TemplateError(field, $"It has more than {BlockLimit} conditions, loops and comments.", line, column);
            }
        }

        return null;
    }

    private static TemplateError? TooDeepBrackets(string field, string source)
    {
        var depth = 0;
        for (var i = 0; i < source.Length; i++)
        {
            depth = source[i] switch { '[' or '(' => depth + 1, ']' or ')' => Math.Max(0, depth - 1), _ => depth };
            if (depth > BracketLimit)
            {
                var (line, column) = Place(source, i);
                return new TemplateError(field, $"More than {BracketLimit} brackets are open at once.", line, column);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\{%-?\s*(if|unless|case|for|comment|raw)\b")]
    private static partial Regex Block();
}
