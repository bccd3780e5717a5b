using Microsoft.AspNetCore.Identity;

namespace Signify.Notifications.Access;

/// <summary>Long, and not what everyone tries first. No demand for digits or signs: they make passwords worse, not better.</summary>
public sealed class PasswordRules : IPasswordValidator<User>
{
    public const int Shortest = 12;

    // Bounds the work that one request can ask of the password hash.
    public const int Longest = 128;

    public const string Explained = "At least 12 characters. A few words in a row are good; any characters are allowed. Not your e-mail address, not the name of this program.";

    // Parts that people pad to length. What is left without them must still be long enough to guess at.
    private static readonly string[] Worthless =
    [
        "signify", "notifications", "notification", "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "administrator", "admin",
        "welcome", "willkommen", "letmein", "qwertyuiop", "qwertzuiop", "qwerty", "qwertz", "asdfghjkl", "zxcvbnm", "yxcvbnm", "iloveyou",
        "changeme", "secret", "default", "1q2w3e4r5t", "1q2w3e4r", "q1w2e3r4", "1qaz2wsx", "abcdefghijkl", "abcdef", "monkey", "dragon",
        "football", "baseball", "sunshine", "princess", "superman", "trustno1", "microsoft", "office365", "company", "summer", "winter",
        "spring", "autumn", "01234567890", "1234567890", "0987654321", "123456789", "987654321", "12345678", "1234567", "123456", "12345",
        "1234", "123", "111111", "000000",
    ];

    private const int WorthLeft = 6;

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Judge(password ?? "", user.Email ?? user.UserName ?? "") is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordRefused", Description = fault })
            : IdentityResult.Success);

    /// <summary>Null when the password will do, else what is wrong with it.</summary>
    public static string? Judge(string password, string email)
    {
        if (password.Length < Shortest)
        {
            return $"This password has {password.Length} characters. It needs at least {Shortest}.";
        }

        if (password.Length > Longest)
        {
            return $"This password is longer than {Longest} characters.";
        }

        return IsGuessable(password, email)
            ? "This password is among the first that an attacker tries: a common one, a repetition, your e-mail address or the name of this program. Choose another."
            : null;
    }

    private static bool IsGuessable(string password, string email)
    {
        var rest = password.ToLowerInvariant();
        var name = email.Split('@')[0].ToLowerInvariant();
        foreach (var part in Worthless.Prepend(name).Prepend(email.ToLowerInvariant()).Where(p => p.Length >= 3))
        {
            rest = rest.Replace(part, "", StringComparison.Ordinal);
        }

        return rest.Length < WorthLeft && rest.Length < password.Length || password.Distinct().Count() < 5;
    }
}
