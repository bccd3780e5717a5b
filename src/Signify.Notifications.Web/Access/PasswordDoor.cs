using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;

namespace Signify.Notifications.Web.Access;

/// <summary>Lets a user in by password or passkey, locks after too many failures, and writes each try down.</summary>
internal sealed class PasswordDoor(UserManager<User> users, SignInManager<User> signIn, FailedAttempts failed, SignInRecord record)
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

    public async Task<bool> EnterByPasskeyAsync(PasskeyAssertionResult<User> assertion, CancellationToken ct)
    {
        var user = assertion.User!;
        if (await users.IsLockedOutAsync(user))
        {
            await record.FailedAsync(user, "account locked", ct);
            return false;
        }

        // The sign count is kept: a copied authenticator shows by counting backwards.
        await users.AddOrUpdatePasskeyAsync(user, assertion.Passkey!);
        await signIn.SignInAsync(user, isPersistent: false, authenticationMethod: "hwk");
        await record.SucceededAsync(user, "passkey", ct);
        return true;
    }

    private async Task<SignInResult> TryNobodyAsync(string account, string password, CancellationToken ct)
    {
        TakeTheTime(password);
        if (failed.IsLocked(account))
        {
            await record.FailedAsync(null, "account locked", ct);
            return SignInResult.LockedOut;
        }

        await record.FailedAsync(null, "no such account", ct);
        return failed.NoteUnknownAccount(account) ? SignInResult.LockedOut : SignInResult.Failed;
    }

    // Each try costs the time of one hash: a faster answer would tell which addresses have an account, and which of them are locked.
    private void TakeTheTime(string password) => users.PasswordHasher.HashPassword(new User(), password);
}
