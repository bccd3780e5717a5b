using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Passwords;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Access;

/// <summary>Makes the first administrator, and only the first.</summary>
internal sealed class FirstAdministrator(
    IServiceScopeFactory scopes, BreachedPasswords breached, IOptions<NewRulesetOptions> options, AuditLog audit, SetUpLink link,
    TimeProvider time)
{
    public static readonly IdentityError AlreadyThere = new()
    {
        Code = nameof(AlreadyThere),
        Description = "An administrator was set up in the meantime. Sign in, or ask them for an invitation.",
    };

    public async Task<IdentityResult> MakeAsync(string email, string password, string by, CancellationToken ct)
    {
        if (await breached.CheckAsync(password, ct) is { Succeeded: false } refused)
        {
            return refused;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        // Asked inside the transaction: of two who use the link at once, in whichever process, one is first.
        await using var transaction = await db.BeginForInstallationAsync(ct);
        if (await db.Set<User>().AnyAsync(ct))
        {
            return IdentityResult.Failed(AlreadyThere);
        }

        var user = new User { UserName = email, Email = email, CreatedAt = time.GetUtcNow() };
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            return made;
        }

        if (options.Value.RequireTwoFactor == true)
        {
            // The installation is new: the row of its first ruleset is the migration's.
            await db.Set<Ruleset>().Where(r => r.Id == Ruleset.DefaultId)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.RequireTwoFactor, true), ct);
            audit.Add(db, Ruleset.DefaultId, by, AuditAction.TwoFactorRequirementChanged, "two-factor authentication", "required");
        }

        db.Add(new RulesetMember { RulesetId = Ruleset.DefaultId, UserId = user.Id, Role = MemberRole.Administrator });
        audit.Add(db, Ruleset.DefaultId, by, AuditAction.UserAdded, $"user {email}", "role: Administrator");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        link.Close();
        return made;
    }
}
