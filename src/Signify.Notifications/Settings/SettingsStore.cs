using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Settings;

/// <summary>Keeps the revisions of each ruleset's settings: draft, active, retired.</summary>
public sealed class SettingsStore(IDbContextFactory<NotificationsDbContext> contexts, SecretProtector protector, AuditLog audit, TimeProvider time)
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
        return await AddDraftAsync(db, rulesetId, basedOn, by, number => NewRevision(rulesetId, number, settings, kept, by), ct);
    }

    /// <summary>Makes a draft of an earlier revision's values, secrets included.</summary>
    /// <returns>Null when the ruleset has no such revision.</returns>
    public async Task<SaveResult?> RollBackAsync(Guid rulesetId, int number, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var old = await Revisions(db, rulesetId).AsNoTracking().SingleOrDefaultAsync(r => r.Number == number, ct);
        return old is null
            ? null
            : await AddDraftAsync(db, rulesetId, basedOn: null, by, next => Copy(old, next, by), ct);
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

    /// <summary>The settings with their secrets open. A secret is null when the key ring cannot open it: see <see cref="UnreadableSecrets"/>.</summary>
    public NotificationSettings Open(SettingsRevision r) => new()
    {
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
        ClientSecret = protector.TryOpen(r.ClientSecret, r.RulesetId, SettingsField.ClientSecret),
        SecretExpiresOn = r.SecretExpiresOn,
        TenantId = r.TenantId,
        Cloud = r.Cloud,
        Route = r.Route,
    };

    /// <summary>The fields whose stored secret the present key ring does not open.</summary>
    public IReadOnlyList<string> UnreadableSecrets(SettingsRevision revision)
    {
        var open = Open(revision);
        var fields = new List<string>();
        if (revision.ClientSecret is not null && open.ClientSecret is null)
        {
            fields.Add(SettingsField.ClientSecret);
        }

        if (revision.Password is not null && open.Password is null)
        {
            fields.Add(SettingsField.Password);
        }

        return fields;
    }

    private async Task<SaveResult> AddDraftAsync(
        NotificationsDbContext db, Guid rulesetId, int? basedOn, string by, Func<int, SettingsRevision> make, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, ct);
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

    private SettingsRevision NewRevision(Guid rulesetId, int number, NotificationSettings s, SettingsRevision? kept, string by) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        RulesetId = rulesetId,
        Number = number,
        State = RevisionState.Draft,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = by,
        GraphProvedAt = kept is not null && SameApp(kept, s) ? kept.GraphProvedAt : null,
        SignIn = s.SignIn,
        ServerName = s.ServerName,
        Port = s.Port,
        Timeout = s.Timeout,
        BatchSize = s.BatchSize,
        FromEmail = s.FromEmail,
        FromName = s.FromName,
        UserName = s.UserName,
        Password = Close(s.Password, kept?.Password, rulesetId, SettingsField.Password, by),
        ClientId = s.ClientId,
        ClientSecret = Close(s.ClientSecret, kept?.ClientSecret, rulesetId, SettingsField.ClientSecret, by),
        SecretExpiresOn = s.SecretExpiresOn,
        TenantId = s.TenantId,
        Cloud = s.Cloud,
        Route = s.Route,
    };

    /// <summary>The stored ciphertext is kept when it holds the same secret, so that "set on …, by …" stays true.</summary>
    private StoredSecret? Close(SecretText? secret, StoredSecret? kept, Guid rulesetId, string field, string by)
    {
        if (secret is null)
        {
            return null;
        }

        return protector.TryOpen(kept, rulesetId, field) == secret ? kept! with { } : protector.Close(secret, rulesetId, field, by);
    }

    private SettingsRevision Copy(SettingsRevision old, int number, string by) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        RulesetId = old.RulesetId,
        Number = number,
        State = RevisionState.Draft,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = by,
        RestoredFrom = old.Number,
        GraphProvedAt = old.GraphProvedAt,
        SignIn = old.SignIn,
        ServerName = old.ServerName,
        Port = old.Port,
        Timeout = old.Timeout,
        BatchSize = old.BatchSize,
        FromEmail = old.FromEmail,
        FromName = old.FromName,
        UserName = old.UserName,
        Password = old.Password is null ? null : old.Password with { },
        ClientId = old.ClientId,
        ClientSecret = old.ClientSecret is null ? null : old.ClientSecret with { },
        SecretExpiresOn = old.SecretExpiresOn,
        TenantId = old.TenantId,
        Cloud = old.Cloud,
        Route = old.Route,
    };

    private static bool SameApp(SettingsRevision kept, NotificationSettings s) =>
        kept.SignIn == s.SignIn && kept.TenantId == s.TenantId && kept.ClientId == s.ClientId && kept.Cloud == s.Cloud && kept.FromEmail == s.FromEmail;

    private static string Describe(IReadOnlyList<SettingsChange> changes) =>
        changes.Count == 0 ? "nothing changed" : string.Join("; ", changes.Select(c => $"{c.Label}: {c.Before ?? "empty"} → {c.After ?? "empty"}"));

    private static Task<SettingsRevision?> NewestAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct) =>
        Revisions(db, rulesetId).AsNoTracking().OrderByDescending(r => r.Number).FirstOrDefaultAsync(ct);

    private static Task<int> NewestNumberAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct) =>
        Revisions(db, rulesetId).Select(r => r.Number).OrderByDescending(n => n).FirstOrDefaultAsync(ct);

    private static IQueryable<SettingsRevision> Revisions(NotificationsDbContext db, Guid rulesetId) =>
        db.Set<SettingsRevision>().Where(r => r.RulesetId == rulesetId);
}
