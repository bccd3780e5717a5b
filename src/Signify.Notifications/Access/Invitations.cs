using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Access;

/// <summary>One-time links that an administrator hands over, for a first password or a forgotten one.</summary>
public sealed class Invitations(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Adds the invitation to the caller's unit of work.</summary>
    /// <returns>The token, for this once.</returns>
    public async Task<string> MakeAsync(NotificationsDbContext db, Guid userId, string by, CancellationToken ct)
    {
        var token = OneTimeToken.New();
        var invitation = await db.Set<Invitation>().SingleOrDefaultAsync(i => i.UserId == userId, ct);
        if (invitation is null)
        {
            db.Add(new Invitation { UserId = userId, TokenHash = OneTimeToken.Hash(token), ExpiresAt = Expiry(), CreatedBy = by });
        }
        else
        {
            (invitation.TokenHash, invitation.ExpiresAt, invitation.CreatedBy) = (OneTimeToken.Hash(token), Expiry(), by);
        }

        return token;
    }

    /// <summary>Null when the link is unknown, used, replaced or expired.</summary>
    public async Task<Invitation?> FindAsync(NotificationsDbContext db, string? token, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var hash = OneTimeToken.Hash(token);
        var invitation = await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, ct);
        return invitation is not null && invitation.ExpiresAt > time.GetUtcNow() ? invitation : null;
    }

    /// <summary>Uses the link up.</summary>
    /// <returns>False when another request was first.</returns>
    public static async Task<bool> UseUpAsync(NotificationsDbContext db, Invitation invitation, CancellationToken ct) =>
        await db.Set<Invitation>().Where(i => i.UserId == invitation.UserId && i.TokenHash == invitation.TokenHash).ExecuteDeleteAsync(ct) == 1;

    private DateTimeOffset Expiry() => time.GetUtcNow() + Lifetime;
}
