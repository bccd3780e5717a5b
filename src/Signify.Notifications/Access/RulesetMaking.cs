using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>Makes rulesets and names them.</summary>
public sealed class RulesetMaking(IDbContextFactory<NotificationsDbContext> contexts, AuditLog audit, TimeProvider time)
{
    public const string NameTaken = "A ruleset of this name is there already. Choose another name.";

    /// <summary>Makes a ruleset with one administrator, who lets the others in.</summary>
    public async Task<RulesetMade> CreateAsync(string? typed, Guid administrator, string by, CancellationToken ct)
    {
        var name = RulesetName.Read(typed, out var fault);
        if (fault is not null)
        {
            return new RulesetMade.Refused(fault);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForInstallationAsync(ct);
        var ruleset = new Ruleset { Id = Guid.CreateVersion7(time.GetUtcNow()), Name = name, CreatedAt = time.GetUtcNow() };
        if (await IsTakenAsync(db, ruleset, ct))
        {
            return new RulesetMade.Refused(NameTaken);
        }

        db.Add(ruleset);
        await db.SaveChangesAsync(ct);
        db.Add(new RulesetMember { RulesetId = ruleset.Id, UserId = administrator, Role = MemberRole.Administrator });
        // In its own log alone: another ruleset's log must not tell of this one.
        audit.Add(db, ruleset.Id, by, AuditAction.RulesetCreated, $"ruleset {name}", $"administrator: {by}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new RulesetMade.Done(ruleset.Id, name);
    }

    public async Task<RulesetMade> RenameAsync(Guid rulesetId, string? typed, string by, CancellationToken ct)
    {
        var name = RulesetName.Read(typed, out var fault);
        if (fault is not null)
        {
            return new RulesetMade.Refused(fault);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForInstallationAsync(ct);
        var ruleset = await db.Set<Ruleset>().SingleAsync(r => r.Id == rulesetId, ct);
        var before = ruleset.Name;
        ruleset.Name = name;
        if (await IsTakenAsync(db, ruleset, ct))
        {
            return new RulesetMade.Refused(NameTaken);
        }

        if (before != name)
        {
            audit.Add(db, rulesetId, by, AuditAction.RulesetRenamed, $"ruleset {name}", $"name: {before} → {name}");
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return new RulesetMade.Done(rulesetId, name);
    }

    private static Task<bool> IsTakenAsync(NotificationsDbContext db, Ruleset ruleset, CancellationToken ct) =>
        db.Set<Ruleset>().AnyAsync(r => r.SortName == ruleset.SortName && r.Id != ruleset.Id, ct);
}
