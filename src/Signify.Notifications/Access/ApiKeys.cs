using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Access;

/// <summary>Makes, recognises and revokes the keys of the HTTP API.</summary>
public sealed class ApiKeys(IDbContextFactory<NotificationsDbContext> contexts, AuditLog audit, TimeProvider time)
{
    public const int NameLimit = 100;
    private const string Start = "sgn_";
    private const int PrefixLength = 10;

    // 32 bytes as base64url.
    private static readonly int MadeLength = Start.Length + 43;
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromMinutes(1);

    /// <summary>Newest first, revoked ones too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Guid rulesetId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<ApiKey>().AsNoTracking().Where(k => k.RulesetId == rulesetId).OrderByDescending(k => k.CreatedAt).ToListAsync(ct);
    }

    public async Task<bool> AnyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<ApiKey>().AnyAsync(ct);
    }

    /// <param name="lifetime">Null: it never expires.</param>
    public Task<ApiKeyMade> MakeAsync(
        Guid rulesetId, string name, ApiKeyScopes scopes, TimeSpan? lifetime, string by, CancellationToken ct) =>
        AddAsync(rulesetId, Start + OneTimeToken.New(), name, scopes, lifetime, by, ct);

    /// <summary>Takes a key that the operator chose.</summary>
    /// <param name="lifetime">Null: it never expires.</param>
    public async Task<ApiKeyMade> AddAsync(
        Guid rulesetId, string key, string name, ApiKeyScopes scopes, TimeSpan? lifetime, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
        if (await db.Set<ApiKey>().AnyAsync(k => k.RulesetId == rulesetId && k.Name == name && k.RevokedAt == null, ct))
        {
            return new ApiKeyMade.NameTaken();
        }

        var row = new ApiKey
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            RulesetId = rulesetId,
            Name = name,
            Prefix = key[..(key.StartsWith(Start, StringComparison.Ordinal) ? PrefixLength : 4)],
            Hash = OneTimeToken.Hash(key),
            Scopes = scopes,
            CreatedAt = time.GetUtcNow(),
            CreatedBy = by,
            ExpiresAt = time.GetUtcNow() + lifetime,
        };
        db.Add(row);
        audit.Add(db, rulesetId, by, AuditAction.ApiKeyMade, Target(row), $"scopes: {scopes}; {Expiry(row)}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new ApiKeyMade.Made(row, key);
    }

    /// <summary>The part of a key that the list of keys shows, of a key of this program's form; null for any other text.</summary>
    /// <param name="sent">A key, or an Authorization header with one. Anybody's text.</param>
    public static string? PublicPrefix(string sent)
    {
        var at = sent.IndexOf(Start, StringComparison.Ordinal);
        return at >= 0 && sent.Length >= at + MadeLength && sent.AsSpan(at, MadeLength).IndexOfAnyExcept(KeyCharacters) < 0
            ? sent[at..(at + PrefixLength)]
            : null;
    }

    /// <summary>The key in use with this text, its use noted; null when there is none, or it is revoked or expired.</summary>
    public async Task<ApiKey?> RecogniseAsync(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hash = OneTimeToken.Hash(key);
        // A look-up by hash tells an onlooker nothing about the key; the comparison after it does not trust the index with the verdict.
        var row = await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, ct);
        if (row is null || row.RevokedAt is not null || row.HasExpired(time.GetUtcNow())
            || !CryptographicOperations.FixedTimeEquals(row.Hash, hash))
        {
            return null;
        }

        await NoteUseAsync(db, row, ct);
        return row;
    }

    /// <returns>When this key expired; null when it did not, or it is unknown or revoked.</returns>
    public async Task<DateTimeOffset?> ExpiredAtAsync(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (hash, now) = (OneTimeToken.Hash(key), time.GetUtcNow());
        return await db.Set<ApiKey>().Where(k => k.Hash == hash && k.RevokedAt == null && k.ExpiresAt <= now).Select(k => k.ExpiresAt)
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>Names are those of keys in use, each once in a ruleset.</summary>
    public async Task<bool> IsInUseAsync(Guid rulesetId, string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        return await db.Set<ApiKey>().AnyAsync(
            k => k.RulesetId == rulesetId && k.Name == name && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), ct);
    }

    /// <returns>False when the ruleset has no such key in use.</returns>
    public async Task<bool> RevokeAsync(Guid rulesetId, Guid id, string by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.RulesetId == rulesetId && k.Id == id && k.RevokedAt == null, ct);
        if (row is null)
        {
            return false;
        }

        (row.RevokedAt, row.RevokedBy) = (time.GetUtcNow(), by);
        audit.Add(db, rulesetId, by, AuditAction.ApiKeyRevoked, Target(row));
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>At most one write a minute and key: a busy key must not make each request a write.</summary>
    private async Task NoteUseAsync(NotificationsDbContext db, ApiKey row, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var stale = now - LastUsedPrecision;
        if (row.LastUsedAt is null || row.LastUsedAt <= stale)
        {
            await db.Set<ApiKey>().Where(k => k.Id == row.Id && (k.LastUsedAt == null || k.LastUsedAt <= stale))
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), ct);
        }
    }

    private static string Expiry(ApiKey row) => row.ExpiresAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"expires {at.UtcDateTime:yyyy-MM-dd}")
        : "never expires";

    private static string Target(ApiKey row) => $"API key {row.Name}";
}
