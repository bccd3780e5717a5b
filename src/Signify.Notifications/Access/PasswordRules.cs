using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access.Passwords;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>Long, and not what everyone tries first. No demand for digits or signs: they make passwords worse, not better.</summary>
public sealed class PasswordRules(NotificationsDbContext db) : IPasswordValidator<User>
{
    public const int Shortest = 12;

    // Bounds the work that one request can ask of the password hash.
    public const int Longest = 128;

    public const string Explained =
        "At least 12 characters of any kind; several words in a row are good. Not your email address, organization or this program.";

    private const int MostRulesets = 100;

    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        // Also those that are offered only: the name is known to whoever offers.
        var rulesets = await db.Set<RulesetMember>().IgnoreQueryFilters().Where(m => m.UserId == user.Id).Take(MostRulesets)
            .Join(db.Set<Ruleset>(), m => m.RulesetId, r => r.Id, (_, r) => r.Name).ToListAsync();
        return Find(password ?? "", new PasswordContext(user.Email ?? user.UserName, rulesets)) is { } reason
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordRefused", Description = reason })
            : IdentityResult.Success;
    }

    /// <summary>Why the password is refused; null when it is not.</summary>
    public static string? Find(string password, PasswordContext context) => password.Length switch
    {
        < Shortest => PasswordMessages.TooShort(Shortest, password.Length),
        > Longest => PasswordMessages.TooLong(Longest),
        _ => GuessablePassword.Find(password, context),
    };
}
