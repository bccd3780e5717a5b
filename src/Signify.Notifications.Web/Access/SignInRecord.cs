using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Access;

/// <summary>Writes down who came in, and who tried.</summary>
internal sealed class SignInRecord(IDbContextFactory<NotificationsDbContext> contexts, AuditLog audit, TimeProvider time, ChosenRuleset chosen, IHttpContextAccessor http)
{
    public async Task SucceededAsync(User user, string how, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        await db.Set<User>().Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.LastSignInAt, now), ct);
        audit.Add(db, await RulesetOfAsync(user, ct), user.Email!, AuditAction.SignedIn, $"user {user.Email}", $"{how}, from {From}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>A user who was signed in authenticated again.</summary>
    public async Task ConfirmedAsync(User user, string how, CancellationToken ct) =>
        await audit.WriteAsync(
            await RulesetOfAsync(user, ct), user.Email!, AuditAction.SignInConfirmed, $"user {user.Email}", $"{how}, from {From}", ct);

    /// <param name="user">Null for an account that does not exist. What was typed is not written down: people type passwords there.</param>
    public async Task FailedAsync(User? user, string why, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        audit.Add(
            db,
            user is null ? Ruleset.DefaultId : await RulesetOfAsync(user, ct),
            "someone",
            AuditAction.SignInFailed,
            user is null ? "an unknown account" : $"user {user.Email}",
            $"{why}, from {From}");
        await db.SaveChangesAsync(ct);
    }

    private string From => http.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? "this host";

    /// <summary>Where they come in. What the log of one ruleset tells of a person with several is written in no other's.</summary>
    private async Task<Guid> RulesetOfAsync(User user, CancellationToken ct) =>
        (await chosen.FindAsync(http.HttpContext!, user.Id, ct))?.Id ?? Ruleset.DefaultId;
}
