using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Settings;

/// <summary>Keeps the revisions of each ruleset's settings: draft, active, retired.</summary>
public sealed class SettingsStore(IDbContextFactory<NotificationsDbContext> contexts, SecretProtector protector, RevisionMaking making, AuditLog audit, TimeProvider time)
{
    public async Task<SettingsOverview> ReadAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var current = await Revisions(db, rulesetId).AsNoTracking().Where(r => r.State != RevisionState.Retired).ToListAsync(ct);
        return new SettingsOverview(
            current.SingleOrDefault(r => r.State == RevisionState.Active),
            current.SingleOrDefault(r => r.State == RevisionState.Draft),
            await NewestNumberAsync(db, rulesetId, ct));
    }

    public async Task<SettingsRevision?> FindAsync(Guid rulesetId, int number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Revisions(db, rulesetId).AsNoTracking().SingleOrDefaultAsync(r => r.Number == number, ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<SettingsRevision>> HistoryAsync(Guid rulesetId, int most, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Revisions(db, rulesetId).AsNoTracking().OrderByDescending(r => r.Number).Take(most).ToListAsync(ct);
    }

    /// <summary>Stores a new draft in the place of the draft there was.</summary>
    /// <param name="basedOn">The newest revision the administrator saw (0 when there was none); null saves whatever others did.</param>
    public async Task<SaveResult> SaveDraftAsync(Guid rulesetId, NotificationSettings settings, int? basedOn, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var kept = await NewestAsync(db, rulesetId, ct);
        return await AddDraftAsync(db, rulesetId, basedOn, by, number => making.New(rulesetId, number, settings, kept, by), ct);
    }

    /// <summary>Makes a draft of an earlier revision's values, secrets included.</summary>
    /// <returns>Null when the ruleset has no such revision.</returns>
    public async Task<SaveResult?> RollBackAsync(Guid rulesetId, int number, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var old = await Revisions(db, rulesetId).AsNoTracking().SingleOrDefaultAsync(r => r.Number == number, ct);
        return old is null
            ? null
            : await AddDraftAsync(db, rulesetId, basedOn: null, by, next => making.Copy(old, next, by), ct);
    }

    /// <summary>
    /// Takes a passing check's word, in the caller's transaction: a draft takes charge and retires the revision that was; of the
    /// revision already in charge the route is noted.
    /// </summary>
    /// <returns>False when the revision is neither any more: a later Save took its place while it was checked.</returns>
    internal async Task<bool> AdoptAsync(NotificationsDbContext db, SettingsRevision revision, Route route, string by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var itself = Revisions(db, revision.RulesetId).Where(r => r.Id == revision.Id);
        if (await itself.Where(r => r.State == RevisionState.Active).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.ActiveRoute, route).SetProperty(r => r.PassedAt, now), ct) > 0)
        {
            return true;
        }

        if (!await itself.AnyAsync(r => r.State == RevisionState.Draft, ct))
        {
            return false;
        }

        await Revisions(db, revision.RulesetId).Where(r => r.State == RevisionState.Active).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RevisionState.Retired).SetProperty(r => r.RetiredAt, now), ct);
        await itself.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RevisionState.Active).SetProperty(r => r.ActivatedAt, now)
                .SetProperty(r => r.PassedAt, now).SetProperty(r => r.ActiveRoute, route), ct);
        audit.Add(db, revision.RulesetId, by, AuditAction.SettingsActivated, $"revision {revision.Number}", $"over {route}");
        return true;
    }

    public async Task SetGraphProvedAsync(SettingsRevision revision, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        await Revisions(db, revision.RulesetId).Where(r => r.Id == revision.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.GraphProvedAt, now), ct);
    }

    /// <summary>
    /// Puts the standby secret of the revision in charge into the client secret's place, as a revision of the program's own: who
    /// looks at History sees it, and the senders notice it as they notice any Save.
    /// </summary>
    /// <returns>Null when the revision is not in charge any more, or has no standby: somebody was quicker.</returns>
    internal async Task<SettingsRevision?> PromoteStandbyAsync(Guid revisionId, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<SettingsRevision>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == revisionId, ct) is not { } old)
        {
            return null;
        }

        await using var transaction = await db.BeginForRulesetAsync(old.RulesetId, ct);
        var now = time.GetUtcNow();
        var promoted = making.OnStandby(old, await NewestNumberAsync(db, old.RulesetId, ct) + 1, by);
        if (promoted is null
            || await Revisions(db, old.RulesetId).Where(r => r.Id == revisionId && r.State == RevisionState.Active).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, RevisionState.Retired).SetProperty(r => r.RetiredAt, now), ct) == 0)
        {
            return null;
        }

        db.Add(promoted);
        audit.Add(db, old.RulesetId, by, AuditAction.StandbyTookOver, $"revision {promoted.Number}", Describe(SettingsChange.Between(old, promoted)));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return promoted;
    }

    /// <summary>The settings with their secrets open. A secret is null when the key ring cannot open it: see <see cref="UnreadableSecrets"/>.</summary>
    public NotificationSettings Open(SettingsRevision r) => new()
    {
        RulesetId = r.RulesetId,
        SignIn = r.SignIn,
        ServerName = r.ServerName,
        Port = r.Port,
        Timeout = r.Timeout,
        BatchSize = r.BatchSize,
        FromEmail = r.FromEmail,
        FromName = r.FromName,
        UserName = r.UserName,
        Password = protector.TryOpen(r.Password, r.RulesetId, SettingsField.Password),
        ClientId = r.ClientId,
        Credential = r.Credential,
        ClientSecret = protector.TryOpen(r.ClientSecret, r.RulesetId, SettingsField.ClientSecret),
        SecretExpiresOn = r.SecretExpiresOn,
        StandbySecret = protector.TryOpen(r.StandbySecret, r.RulesetId, SettingsField.StandbySecret),
        StandbySecretExpiresOn = r.StandbySecretExpiresOn,
        Certificate = protector.TryOpen(r.CertificateKey, r.RulesetId, SettingsField.ClientCertificate) is { } key && r.Certificate is { } facts
            ? new ClientCertificate(key, facts with { })
            : null,
        TenantId = r.TenantId,
        Cloud = r.Cloud,
        Route = r.Route,
    };

    /// <summary>Whether the active settings of another ruleset send from the same mailbox at Microsoft.</summary>
    public async Task<bool> IsMailboxSharedAsync(SettingsRevision revision, CancellationToken ct)
    {
        if (revision.MailboxKey is not { } key)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<SettingsRevision>()
            .AnyAsync(r => r.MailboxKey == key && r.State == RevisionState.Active && r.RulesetId != revision.RulesetId, ct);
    }

    /// <summary>The fields whose stored secret the present key ring does not open.</summary>
    public IReadOnlyList<string> UnreadableSecrets(SettingsRevision revision)
    {
        var open = Open(revision);
        (string Field, bool Lost)[] secrets =
        [
            (SettingsField.ClientSecret, revision.ClientSecret is not null && open.ClientSecret is null),
            (SettingsField.StandbySecret, revision.StandbySecret is not null && open.StandbySecret is null),
            (SettingsField.ClientCertificate, revision.CertificateKey is not null && open.Certificate is null),
            (SettingsField.Password, revision.Password is not null && open.Password is null),
        ];
        return [.. secrets.Where(s => s.Lost).Select(s => s.Field)];
    }

    private async Task<SaveResult> AddDraftAsync(
        NotificationsDbContext db, Guid rulesetId, int? basedOn, string by, Func<int, SettingsRevision> make, CancellationToken ct)
    {
        await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
        var newest = await NewestAsync(db, rulesetId, ct);
        if (basedOn is { } seen && seen != (newest?.Number ?? 0))
        {
            var theirs = await Revisions(db, rulesetId).AsNoTracking().SingleOrDefaultAsync(r => r.Number == seen, ct);
            return new SaveResult.Overtaken(newest, newest is null ? [] : SettingsChange.Between(theirs, newest));
        }

        var now = time.GetUtcNow();
        await Revisions(db, rulesetId).Where(r => r.State == RevisionState.Draft).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RevisionState.Retired).SetProperty(r => r.RetiredAt, now), ct);
        var revision = make((newest?.Number ?? 0) + 1);
        db.Add(revision);
        audit.Add(db, rulesetId, by, AuditAction.SettingsSaved, $"revision {revision.Number}", Describe(SettingsChange.Between(newest, revision)));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new SaveResult.Saved(revision);
    }

    private static string Describe(IReadOnlyList<SettingsChange> changes) =>
        changes.Count == 0 ? "nothing changed" : string.Join("; ", changes.Select(c => $"{c.Label}: {c.Before ?? "empty"} → {c.After ?? "empty"}"));

    private static Task<SettingsRevision?> NewestAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct) =>
        Revisions(db, rulesetId).AsNoTracking().OrderByDescending(r => r.Number).FirstOrDefaultAsync(ct);

    private static Task<int> NewestNumberAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct) =>
        Revisions(db, rulesetId).Select(r => r.Number).OrderByDescending(n => n).FirstOrDefaultAsync(ct);

    private static IQueryable<SettingsRevision> Revisions(NotificationsDbContext db, Guid rulesetId) =>
        db.Set<SettingsRevision>().Where(r => r.RulesetId == rulesetId);
}
