namespace Signify.Notifications.Settings;

/// <summary>
/// Names the mailbox at Microsoft that settings send from, so that several rulesets with the same one share its sending limits.
/// See docs/decisions/0031.
/// </summary>
public static class MailboxKey
{
    /// <returns>Cloud and address in lower case; null for a relay, whose limits are not those of a mailbox.</returns>
    public static string? From(SignIn signIn, string cloud, string fromEmail) => signIn == SignIn.Token
        ? $"{cloud.Replace(" ", "", StringComparison.Ordinal)}/{fromEmail}".ToLowerInvariant()
        : null;
}
