using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>What users change about how they sign in. Each change ends their other sessions and gives this one a new token.</summary>
internal sealed class OwnAccount(
    UserManager<User> users, SignInManager<User> signIn, NotificationsDbContext db, UserSessions sessions, AuditLog audit,
    SignInRecord record)
{
    /// <summary>The error's code while the account is locked.</summary>
    public const string LockedOut = "LockedOut";

    private const int RecoveryCodes = 10;

    public async Task<User> FindAsync(ClaimsPrincipal me) =>
        await users.GetUserAsync(me) ?? throw new InvalidOperationException("The signed-in user is gone.");

    /// <summary>Wrong present passwords count and lock like those of a sign-in: a session left open must not be a place to guess.</summary>
    public async Task<IdentityResult> ChangePasswordAsync(ClaimsPrincipal me, string present, string wanted, CancellationToken ct)
    {
        var user = await FindAsync(me);
        if (await users.IsLockedOutAsync(user))
        {
            await record.FailedAsync(user, "account locked", ct);
            return IdentityResult.Failed(new IdentityError { Code = LockedOut });
        }

        var changed = await ChangeAsync(me, AuditAction.PasswordChanged, "by themselves", u => users.ChangePasswordAsync(u, present, wanted), ct);
        if (changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
        {
            await users.AccessFailedAsync(user);
            await record.FailedAsync(user, "wrong password in the profile", ct);
        }
        else if (changed.Succeeded)
        {
            await users.ResetAccessFailedCountAsync(user);
        }

        return changed;
    }

    /// <summary>Makes a new authenticator key, not asked for yet at sign-in.</summary>
    public Task<IdentityResult> StartAuthenticatorAsync(ClaimsPrincipal me, CancellationToken ct) =>
        ChangeAsync(me, AuditAction.TwoFactorChanged, "authenticator key made", users.ResetAuthenticatorKeyAsync, ct);

    /// <returns>The recovery codes, for this once; null when the code is not the authenticator's.</returns>
    public async Task<IReadOnlyList<string>?> EnableAuthenticatorAsync(ClaimsPrincipal me, string code, CancellationToken ct)
    {
        var user = await FindAsync(me);
        if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code))
        {
            return null;
        }

        IEnumerable<string>? codes = null;
        await ChangeAsync(me, AuditAction.TwoFactorChanged, "authenticator on", async u =>
        {
            var enabled = await users.SetTwoFactorEnabledAsync(u, true);
            codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(u, RecoveryCodes);
            return enabled;
        }, ct);
        await sessions.ConfirmAsync(me.SessionId()!.Value, multiFactor: true, ct);
        return codes?.ToList();
    }

    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(ClaimsPrincipal me, CancellationToken ct)
    {
        IEnumerable<string>? codes = null;
        await ChangeAsync(me, AuditAction.TwoFactorChanged, "new recovery codes", async user =>
        {
            codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes);
            return await users.UpdateSecurityStampAsync(user);
        }, ct);
        return [.. codes ?? []];
    }

    public Task<IdentityResult> DisableAuthenticatorAsync(ClaimsPrincipal me, CancellationToken ct) =>
        ChangeAsync(me, AuditAction.TwoFactorChanged, "authenticator off", async user =>
        {
            await users.SetTwoFactorEnabledAsync(user, false);
            return await users.ResetAuthenticatorKeyAsync(user);
        }, ct);

    public async Task<IdentityResult> AddPasskeyAsync(ClaimsPrincipal me, UserPasskeyInfo passkey, CancellationToken ct)
    {
        var added = await ChangeAsync(
            me, AuditAction.PasskeyAdded, $"passkey {passkey.Name}", user => users.AddOrUpdatePasskeyAsync(user, passkey), ct);
        if (added.Succeeded)
        {
            await sessions.ConfirmAsync(me.SessionId()!.Value, multiFactor: true, ct);
        }

        return added;
    }

    public Task<IdentityResult> RemovePasskeyAsync(ClaimsPrincipal me, UserPasskeyInfo passkey, CancellationToken ct) =>
        ChangeAsync(me, AuditAction.PasskeyRemoved, $"passkey {passkey.Name}", async user =>
        {
            await users.RemovePasskeyAsync(user, passkey.CredentialId);
            return await users.UpdateSecurityStampAsync(user);
        }, ct);

    public async Task EndSessionAsync(ClaimsPrincipal me, Guid id, CancellationToken ct)
    {
        if (await sessions.EndAsync(me.UserId(), id, ct))
        {
            await audit.WriteAsync(me.RulesetId()!.Value, me.By(), AuditAction.SessionsEnded, $"user {me.By()}", "one session", ct);
        }
    }

    public async Task EndSessionsAsync(ClaimsPrincipal me, bool andThisOne, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await UserSessions.EndAllAsync(db, me.UserId(), andThisOne ? null : me.SessionId(), ct);
        var which = andThisOne ? "all sessions" : "all other sessions";
        audit.Add(db, me.RulesetId()!.Value, me.By(), AuditAction.SessionsEnded, $"user {me.By()}", which);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        sessions.Announce();
    }

    private async Task<IdentityResult> ChangeAsync(
        ClaimsPrincipal me, AuditAction action, string details, Func<User, Task<IdentityResult>> change, CancellationToken ct)
    {
        var user = await FindAsync(me);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await change(user);
        if (!changed.Succeeded)
        {
            return changed;
        }

        await UserSessions.EndAllAsync(db, user.Id, except: me.SessionId(), ct);
        audit.Add(db, me.RulesetId()!.Value, me.By(), action, $"user {user.Email}", details);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        sessions.Announce();
        await signIn.RefreshSignInAsync(user);
        return changed;
    }
}
