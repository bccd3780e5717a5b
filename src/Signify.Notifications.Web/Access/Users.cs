using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access.Sessions;

namespace Signify.Notifications.Web.Access;

/// <summary>ASP.NET Core Identity as this program uses it, and how a request is matched to a scheme.</summary>
internal static class Users
{
    /// <summary>A program by its key, a page by its cookie.</summary>
    public const string KeyOrCookie = "KeyOrCookie";

    private const string ByPath = "ByPath";

    public static void AddUsers(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(Configure)
            .AddUserStore<UserStore>()
            .AddSignInManager()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<PasswordRules>();
        // What OWASP asks of PBKDF2 with SHA-512; Identity's own number is half of it.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromSeconds(30));
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
        });
        services.AddSingleton<FirstAdministrator>();
        services.AddScoped<ChosenRuleset>();
        services.AddScoped<InvitedUsers>();
        services.AddScoped<UserRescue>();
        services.AddScoped<SignInRecord>();
        services.AddScoped<PasswordDoor>();
        services.AddScoped<OwnAccount>();
        services.AddScoped<PasskeyAnswers>();
        services.AddScoped<SignInConfirmation>();
        services.AddHostedService<RecoveryCodeUpgrade>();
    }

    public static void AddSchemes(this IServiceCollection services)
    {
        services.AddAuthentication(ByPath)
            .AddPolicyScheme(ByPath, displayName: null, options => options.ForwardDefaultSelector = Choose)
            .AddPolicyScheme(KeyOrCookie, displayName: null, options =>
            {
                options.ForwardDefaultSelector = context => context.Request.Headers.Authorization.Count > 0 ? ApiKeyHandler.Scheme : IdentityConstants.ApplicationScheme;
                // One of them refuses: two would write one answer over the other.
                (options.ForwardChallenge, options.ForwardForbid) = (ApiKeyHandler.Scheme, ApiKeyHandler.Scheme);
            })
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, displayName: null, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, MetricsDoor>(MetricsDoor.Scheme, displayName: null, configureOptions: null)
            .AddIdentityCookies();
    }

    /// <summary>The API knows keys only. Its description may be read by a signed-in user too.</summary>
    private static string Choose(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api")
        || (context.Request.Path.StartsWithSegments("/openapi") && context.Request.Headers.Authorization.Count > 0)
            ? ApiKeyHandler.Scheme
            : IdentityConstants.ApplicationScheme;

    private static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        // The e-mail address is the name: no second rule about its characters.
        options.User.AllowedUserNameCharacters = "";
        // PasswordRules judges alone.
        options.Password.RequiredLength = 1;
        options.Password.RequiredUniqueChars = 1;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = FailedAttempts.SignInsBeforeLock;
        options.Lockout.DefaultLockoutTimeSpan = FailedAttempts.LockTime;
        options.Lockout.AllowedForNewUsers = true;
    }
}
