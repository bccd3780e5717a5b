using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Access;

/// <summary>Makes the first administrator, and only the first.</summary>
internal sealed class FirstAdministrator(IServiceScopeFactory scopes, AuditLog audit, SetUpLink link, TimeProvider time)
{
    public static readonly IdentityError AlreadyThere = new()
    {
        Code = nameof(AlreadyThere),
        Description = "An administrator was set up in the meantime. Sign in, or ask them for an invitation.",
    };

    public async Task<IdentityResult> MakeAsync(string email, string password, string by, CancellationToken ct)
    {
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

        db.Add(new RulesetMember { RulesetId = Ruleset.DefaultId, UserId = user.Id, Role = MemberRole.Administrator });
        audit.Add(db, Ruleset.DefaultId, by, AuditAction.UserAdded, $"user {email}", "role: Administrator");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        link.Close();
        return made;
    }
}
