using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;

namespace Signify.Notifications.Web.Access.Sessions;

/// <summary>
/// Authenticates a signed-in user again, with everything a sign-in asks for. Failures count, lock and are logged like those of a sign-in.
/// </summary>
internal sealed class SignInConfirmation(UserManager<User> users, SignInManager<User> signIn, UserSessions sessions, SignInRecord record)
{
    public enum Outcome
    {
        Confirmed,
        Wrong,
        LockedOut,
    }

    /// <param name="code">Of the authenticator app, or a recovery code; not asked for without two-factor authentication.</param>
    public async Task<Outcome> ByPasswordAsync(ClaimsPrincipal me, string password, string? code, CancellationToken ct)
    {
        var user = await FindAsync(me);
        if (await users.IsLockedOutAsync(user))
        {
            await record.FailedAsync(user, "account locked", ct);
            return Outcome.LockedOut;
        }

        var twoFactor = await signIn.IsTwoFactorEnabledAsync(user);
        if (!await users.CheckPasswordAsync(user, password) || (twoFactor && !await IsCodeAsync(user, code)))
        {
            await users.AccessFailedAsync(user);
            await record.FailedAsync(user, "wrong password or code while signed in", ct);
            return await users.IsLockedOutAsync(user) ? Outcome.LockedOut : Outcome.Wrong;
        }

        await users.ResetAccessFailedCountAsync(user);
        await ConfirmAsync(me, user, twoFactor, twoFactor ? "password and code" : "password", ct);
        return Outcome.Confirmed;
    }

    /// <returns>False when the passkey is another user's.</returns>
    public async Task<bool> ByPasskeyAsync(ClaimsPrincipal me, PasskeyAssertionResult<User> assertion, CancellationToken ct)
    {
        if (assertion.User!.Id != me.UserId())
        {
            return false;
        }

        await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey!);
        await ConfirmAsync(me, assertion.User, multiFactor: true, "passkey", ct);
        return true;
    }

    private async Task<bool> IsCodeAsync(User user, string? typed)
    {
        var code = (typed ?? "").Replace(" ", "", StringComparison.Ordinal).Trim();
        return code is { Length: 6 }
            ? await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code)
            : (await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded;
    }

    private async Task ConfirmAsync(ClaimsPrincipal me, User user, bool multiFactor, string how, CancellationToken ct)
    {
        await sessions.ConfirmAsync(me.SessionId()!.Value, multiFactor, ct);
        await signIn.RefreshSignInAsync(user);
        await record.ConfirmedAsync(user, how, ct);
    }

    private async Task<User> FindAsync(ClaimsPrincipal me) =>
        await users.GetUserAsync(me) ?? throw new InvalidOperationException("The signed-in user no longer exists.");
}
