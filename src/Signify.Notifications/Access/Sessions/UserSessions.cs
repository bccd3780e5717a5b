using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Access.Sessions;

/// <summary>
/// Starts, finds and ends sessions. Each request queries the row, without a cache: an ended session is void at the next request to
/// whichever process. See docs/decisions/0032.
/// </summary>
public sealed class UserSessions(
    IDbContextFactory<NotificationsDbContext> contexts, SessionSignal signal, IOptions<SessionOptions> options, TimeProvider time)
{
    /// <summary>A session without a request for so long has ended.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromHours(8);

    /// <summary>One more sign-in ends the oldest session of the user.</summary>
    public const int MostOfUser = 50;

    private static readonly TimeSpan LastSeenPrecision = TimeSpan.FromMinutes(1);

    /// <returns>The token for the cookie, for this once.</returns>
    public async Task<string> StartAsync(Guid userId, bool multiFactor, SessionOrigin origin, CancellationToken ct)
    {
        var (token, now) = (OneTimeToken.New(), time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Add(new UserSession
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            TokenHash = OneTimeToken.Hash(token),
            CreatedAt = now,
            AuthenticatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + options.Value.AbsoluteLifetime,
            MultiFactor = multiFactor,
            Device = origin.Device,
            Address = origin.Address,
        });
        await db.SaveChangesAsync(ct);
        await db.Set<UserSession>().Where(s => s.UserId == userId).OrderByDescending(s => s.CreatedAt).Skip(MostOfUser)
            .ExecuteDeleteAsync(ct);
        return token;
    }

    /// <summary>The open session with this token, its use noted; null when there is none or it has ended.</summary>
    public async Task<UserSession?> FindAsync(string token, SessionOrigin origin, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var hash = OneTimeToken.Hash(token);
        var session = await Open(db).AsNoTracking().SingleOrDefaultAsync(s => s.TokenHash == hash, ct);
        if (session is not null)
        {
            await NoteUseAsync(db, session, origin, ct);
        }

        return session;
    }

    /// <summary>For what goes on without requests, such as a stream. Null: it has ended.</summary>
    public async Task<UserSession?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Open(db).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
    }

    /// <summary>Open ones, the most recently used first.</summary>
    public async Task<IReadOnlyList<UserSession>> ListAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Open(db).AsNoTracking().Where(s => s.UserId == userId).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
    }

    /// <summary>Replaces the token: whoever copied the cookie before is signed out.</summary>
    /// <returns>The new token; null when the session has ended.</returns>
    public async Task<string?> RenewAsync(string token, CancellationToken ct)
    {
        var (hash, renewed) = (OneTimeToken.Hash(token), OneTimeToken.New());
        var renewedHash = OneTimeToken.Hash(renewed);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await Open(db).Where(s => s.TokenHash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.TokenHash, renewedHash), ct);
        return rows == 1 ? renewed : null;
    }

    /// <summary>Notes that the user authenticated again in this session.</summary>
    /// <param name="multiFactor">With a second factor or a passkey. False leaves what the session had.</param>
    public async Task ConfirmAsync(Guid id, bool multiFactor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        await db.Set<UserSession>().Where(s => s.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.AuthenticatedAt, now).SetProperty(s => s.MultiFactor, s => s.MultiFactor || multiFactor), ct);
    }

    /// <returns>False when the user has no such session.</returns>
    public async Task<bool> EndAsync(Guid userId, Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ended = await db.Set<UserSession>().Where(s => s.UserId == userId && s.Id == id).ExecuteDeleteAsync(ct);
        Announce();
        return ended == 1;
    }

    /// <summary>Ends all sessions of the user in the caller's transaction. Call <see cref="Announce"/> after it.</summary>
    /// <param name="except">One that stays; null for none.</param>
    public static Task<int> EndAllAsync(NotificationsDbContext db, Guid userId, Guid? except, CancellationToken ct) =>
        db.Set<UserSession>().Where(s => s.UserId == userId && (except == null || s.Id != except)).ExecuteDeleteAsync(ct);

    /// <summary>Ends the streams of ended sessions in this process at once; other processes notice within seconds.</summary>
    public void Announce() => signal.Raise();

    /// <summary>Deletes the rows of sessions that ran out.</summary>
    public async Task<int> DeleteExpiredAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (now, idle) = (time.GetUtcNow(), IdleSince());
        return await db.Set<UserSession>().Where(s => s.ExpiresAt <= now || s.LastSeenAt <= idle).ExecuteDeleteAsync(ct);
    }

    private IQueryable<UserSession> Open(NotificationsDbContext db)
    {
        // An operator who shortens the lifetime means the sessions that are open, too.
        var (now, created, idle) = (time.GetUtcNow(), time.GetUtcNow() - options.Value.AbsoluteLifetime, IdleSince());
        return db.Set<UserSession>().Where(s => s.ExpiresAt > now && s.CreatedAt > created && s.LastSeenAt > idle);
    }

    private DateTimeOffset IdleSince() => time.GetUtcNow() - IdleLimit - LastSeenPrecision;

    /// <summary>At most one write a minute and session.</summary>
    private async Task NoteUseAsync(NotificationsDbContext db, UserSession session, SessionOrigin origin, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var stale = now - LastSeenPrecision;
        if (session.LastSeenAt > stale)
        {
            return;
        }

        try
        {
            await db.Set<UserSession>().Where(s => s.Id == session.Id && s.LastSeenAt <= stale).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.Device, origin.Device).SetProperty(s => s.Address, origin.Address),
                ct);
        }
        catch (DbException)
        {
            // A database that takes no writes, such as on a full disk, still shows its pages.
        }
    }
}
