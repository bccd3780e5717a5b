namespace Signify.Notifications.Web.Api;

/// <summary>The policies of the API's calls.</summary>
internal static class ApiPolicy
{
    public const string Settings = "api:settings";
    public const string SettingsRead = "api:settings-read";
    public const string Events = "api:events";
}
