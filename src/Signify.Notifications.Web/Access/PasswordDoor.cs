using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Access;

/// <summary>Lets a user in by password or passkey, locks after too many failures, and writes each try down.</summary>
internal sealed class PasswordDoor(UserManager<User> users, SignInManager<User> signIn, UnknownAccounts unknown, SignInRecord record)
{
    public async Task<SignInResult> TryAsync(string email, string password, CancellationToken ct)
    {
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            return await TryNobodyAsync(users.NormalizeEmail(email), password, ct);
        }

        if (user.PasswordHash is null || await users.IsLockedOutAsync(user))
        {
            // Identity answers these without looking at the password.
            TakeTheTime(password);
        }

        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            await record.SucceededAsync(user, "password", ct);
        }
        else if (!result.RequiresTwoFactor)
        {
            await record.FailedAsync(user, result.IsLockedOut ? "account locked" : "wrong password", ct);
        }

        return result;
    }

    /// <summary>A lock does not bar passkeys: they cannot be guessed, and anyone could keep their owner out.</summary>
    public async Task EnterByPasskeyAsync(PasskeyAssertionResult<User> assertion, CancellationToken ct)
    {
        var user = assertion.User!;
        // The sign count is stored: a copied authenticator shows by counting backwards.
        await users.AddOrUpdatePasskeyAsync(user, assertion.Passkey!);
        await signIn.SignInAsync(user, isPersistent: false, authenticationMethod: SignInMethods.Passkey);
        await record.SucceededAsync(user, "passkey", ct);
    }

    private async Task<SignInResult> TryNobodyAsync(string account, string password, CancellationToken ct)
    {
        TakeTheTime(password);
        if (await unknown.IsLockedAsync(account, ct))
        {
            await record.FailedAsync(null, "account locked", ct);
            return SignInResult.LockedOut;
        }

        await record.FailedAsync(null, "no such account", ct);
        return await unknown.NoteFailureAsync(account, FailedAttempts.SignInsBeforeLock, FailedAttempts.LockTime, ct)
            ? SignInResult.LockedOut
            : SignInResult.Failed;
    }

    // Each try costs the time of one hash: a faster answer would tell which addresses have an account, and which of them are locked.
    private void TakeTheTime(string password) => users.PasswordHasher.HashPassword(new User(), password);
}
