using System.Globalization;
using System.Text;

namespace Signify.Notifications.Access.Passwords;

/// <summary>
/// Finds passwords that an attacker guesses early: zxcvbn estimates how many guesses one takes that tries common passwords, words, names,
/// dates and keyboard patterns first, and the words that belong to the user before all of them.
/// </summary>
internal static class GuessablePassword
{
    private const int FewestDifferent = 5;

    /// <summary>Of zxcvbn's 0 to 4: 10^10 guesses or more on average.</summary>
    private const int LowestScore = 3;

    // The work grows with the square of the length. What its first 64 characters do not make hard to guess is refused.
    private const int MostRead = 64;

    // 1 and ! stand for i and for l: both readings are tried.
    private const string Signs = "0345789@$€+";
    private const string Letters = "oeastbgaset";

    // Its dictionaries are read once; it does not say that it may be used by several threads at a time.
    private static readonly Zxcvbn.Zxcvbn Estimator = new();
    private static readonly Lock OneAtATime = new();

    /// <summary>Why it is refused; null when it is not.</summary>
    public static string? Find(string password, PasswordContext context)
    {
        var folded = Fold(password);
        var plain = folded[..Math.Min(folded.Length, MostRead)];
        if (plain.Distinct().Count() < FewestDifferent)
        {
            return PasswordMessages.Repeated();
        }

        string[] readings = [plain, Read(plain, 'i'), Read(plain, 'l')];
        var groups = Groups(context);
        string[] words = [.. groups.SelectMany(g => g.Words).Concat(ForeignWords.All).Distinct()];
        return Array.Exists(readings, reading => IsGuessable(reading, words))
            ? groups.FirstOrDefault(g => g.Words.Any(w => Array.Exists(readings, r => r.Contains(w, StringComparison.Ordinal)))).Reason
                ?? PasswordMessages.Common()
            : null;
    }

    private static bool IsGuessable(string reading, string[] words)
    {
        lock (OneAtATime)
        {
            return Estimator.EvaluatePassword(reading, words).Score < LowestScore;
        }
    }

    private static (string[] Words, string Reason)[] Groups(PasswordContext context) =>
    [
        ([.. context.EmailWords.Select(Fold)], PasswordMessages.Email()),
        ([.. context.OrganizationWords.Select(Fold)], PasswordMessages.Organization()),
        ([.. PasswordContext.ProductWords], PasswordMessages.Product()),
    ];

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
