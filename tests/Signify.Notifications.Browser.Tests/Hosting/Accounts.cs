namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>Who signs in. Made for these tests and used nowhere else, so that the sweep can look for them.</summary>
internal static class Accounts
{
    public const string AdminEmail = "ada@contoso.example";
    public const string AdminPassword = "seven slow silver trains";
    public const string ApiKey = "browser-tests-key-3f9c27d1a8e54b06";
}
