using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Codes of an authenticator app (TOTP, RFC 6238: HMAC-SHA-1, six digits, steps of 30 seconds). A code is accepted in its own step and in
/// the one before and after it, as clocks differ; once (section 5.2), and none of an earlier step after it. Identity's own provider accepts
/// codes for 150 seconds, any number of times.
/// </summary>
internal sealed class AuthenticatorCodes(NotificationsDbContext db, TimeProvider time) : AuthenticatorTokenProvider<User>
{
    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // Beside the authenticator's key, and not protected as that is: it is no secret.
    public const string Provider = "[Signify]";
    private const string LastStep = "LastAuthenticatorStep";

    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user)
    {
        if (token.Length != Digits || !token.All(char.IsAsciiDigit) || await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
        {
            return false;
        }

        var secret = Decode(key);
        var now = time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;
        foreach (var step in (long[])[now, now - 1, now + 1])
        {
            if (CodeAt(secret, step) == token)
            {
                return await TryUseAsync(user.Id, step);
            }
        }

        return false;
    }

    /// <returns>False when a code of this step or a later one was used, also by another request at this moment.</returns>
    private async Task<bool> TryUseAsync(Guid userId, long step)
    {
        var used = step.ToString(CultureInfo.InvariantCulture);
        var row = db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == userId && t.LoginProvider == Provider && t.Name == LastStep);
        var last = await row.Select(t => t.Value).SingleOrDefaultAsync();
        if (last is null)
        {
            return await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "UserTokens" ("UserId", "LoginProvider", "Name", "Value") VALUES ({userId}, {Provider}, {LastStep}, {used}) ON CONFLICT DO NOTHING""") == 1;
        }

        return long.Parse(last, CultureInfo.InvariantCulture) < step
            && await row.Where(t => t.Value == last).ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, used)) == 1;
    }

    private static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as authenticator apps speak it: Google's and others know no other hash.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf, sizeof(int))) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    // RFC 4648, as Identity makes its keys.
    private static byte[] Decode(string key)
    {
        var (bytes, bits, count) = (new List<byte>(), 0, 0);
        foreach (var letter in key.TrimEnd('='))
        {
            bits = (bits << 5) | Math.Max(0, Base32.IndexOf(letter, StringComparison.OrdinalIgnoreCase));
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
                bits &= (1 << count) - 1;
            }
        }

        return [.. bytes];
    }
}
