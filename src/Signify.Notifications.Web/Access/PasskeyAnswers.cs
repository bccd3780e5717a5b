using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;

namespace Signify.Notifications.Web.Access;

/// <summary>Judges what the browser's passkey dialog answered. Null: it is not the answer to a challenge of this program that is still open.</summary>
internal sealed class PasskeyAnswers(SignInManager<User> signIn)
{
    public Task<PasskeyAssertionResult<User>?> AssertAsync(string? credential) =>
        JudgeAsync(credential, signIn.PerformPasskeyAssertionAsync, result => result.Succeeded);

    public Task<PasskeyAttestationResult?> AttestAsync(string? credential) =>
        JudgeAsync(credential, signIn.PerformPasskeyAttestationAsync, result => result.Succeeded);

    private static async Task<T?> JudgeAsync<T>(string? credential, Func<string, Task<T>> judge, Func<T, bool> succeeded)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(credential))
        {
            return null;
        }

        try
        {
            var result = await judge(credential);
            return succeeded(result) ? result : null;
        }
        catch (InvalidOperationException)
        {
            // Identity's word for "no challenge is open": its cookie ran out, or nobody asked for one.
            return null;
        }
    }
}
