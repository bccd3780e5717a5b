using Signify.Notifications.Access;
using Signify.Notifications.Access.Passwords;
using Signify.Notifications.Sandbox;

namespace Signify.Notifications.Web.Access;

/// <summary>What is on by default but in Development and Test, where the program starts within seconds and asks no other host.</summary>
internal static class SecureDefaults
{
    public static void AddSecureDefaults(this WebApplicationBuilder builder)
    {
        var isLocal = SandboxProduction.Allows(builder.Environment.EnvironmentName);
        builder.Services.PostConfigure<NewRulesetOptions>(options => options.RequireTwoFactor ??= !isLocal);
        builder.Services.PostConfigure<PasswordOptions>(
            options => options.BreachedAddress ??= isLocal ? "" : PasswordOptions.PublicService);
    }
}
