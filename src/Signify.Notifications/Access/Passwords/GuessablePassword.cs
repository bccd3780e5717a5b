using System.Globalization;
using System.Text;

namespace Signify.Notifications.Access.Passwords;

/// <summary>
/// Finds passwords that are little more than a word which everyone tries, such as "Contoso12345", "Summer2026!!" or "P@ssw0rd-2026": the
/// words are taken out, with signs and digits read as the letters that they stand for, and what is left must be long enough to guess at.
/// </summary>
internal static class GuessablePassword
{
    private const int LettersLeft = 6;
    private const int FewestDifferent = 5;

    // 1 and ! stand for i and for l: both readings are tried.
    private const string Signs = "0345789@$€+";
    private const string Letters = "oeastbgaset";

    /// <summary>Why it is refused; null when it is not.</summary>
    public static string? Find(string password, PasswordContext context)
    {
        var plain = Fold(password);
        if (plain.Distinct().Count() < FewestDifferent)
        {
            return PasswordMessages.Repeated();
        }

        foreach (var reading in (string[])[plain, Read(plain, 'i'), Read(plain, 'l')])
        {
            if (Reason(reading, context) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>Which words stand in it decides the reason; whether it is refused, what is left without all of them.</summary>
    private static string? Reason(string reading, PasswordContext context)
    {
        var (rest, reason) = (reading, (string?)null);
        foreach (var (words, message) in Groups(context))
        {
            var without = Without(rest, words);
            reason ??= without.Length < rest.Length ? message : null;
            rest = without;
        }

        return reason is not null && rest.Count(char.IsLetter) < LettersLeft ? reason : null;
    }

    private static IEnumerable<(IEnumerable<string> Words, string Message)> Groups(PasswordContext context) =>
    [
        (context.EmailWords.Select(Fold), PasswordMessages.Email()),
        (context.OrganizationWords.Select(Fold), PasswordMessages.Organization()),
        (PasswordContext.ProductWords, PasswordMessages.Product()),
        (CommonWords.Sequences.Where(s => s.Length >= 6), PasswordMessages.Common()),
        (CommonWords.All, PasswordMessages.Common()),
        (CommonWords.Sequences, PasswordMessages.Common()),
    ];

    private static string Without(string text, IEnumerable<string> words) =>
        words.Aggregate(text, (rest, word) => rest.Replace(word, " ", StringComparison.Ordinal));

    private static string Read(string text, char one) =>
        string.Concat(text.Select(c => c switch
        {
            '1' or '!' or '|' => one,
            _ when Signs.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at => Letters[at],
            _ => c,
        }));

    /// <summary>Lower case, and letters without their accents.</summary>
    private static string Fold(string text)
    {
        var lower = text.ToLowerInvariant();
        // Half a surrogate pair cannot be normalized.
        return lower.Any(char.IsSurrogate)
            ? lower
            : string.Concat(lower.Normalize(NormalizationForm.FormKD)
                .Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
    }
}
