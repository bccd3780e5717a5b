using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Access;

/// <summary>Lets a program in by <c>Authorization: Bearer &lt;API key&gt;</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeys keys,
    FailedAttempts failed,
    NotificationsDbContext db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "ApiKey";

    private const string Bearer = "Bearer ";
    private const int LongestKey = 512;

    private bool _tooMany;
    private DateTimeOffset? _expiredAt;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var key = header[Bearer.Length..].Trim();
        if (key.Length is > 0 and <= LongestKey && await keys.RecogniseAsync(key, Context.RequestAborted) is { } row)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(await PrincipalAsync(row), Scheme));
        }

        // Whoever has an expired key guesses nothing: it does not count.
        _expiredAt = key.Length is > 0 and <= LongestKey ? await keys.ExpiredAtAsync(key, Context.RequestAborted) : null;
        if (_expiredAt is not null)
        {
            return AuthenticateResult.Fail("The key has expired.");
        }

        // Keys that are right are let in even so: one client with a stale key must not shut out its neighbours behind the same proxy.
        _tooMany = !failed.NoteKey(Context);
        return AuthenticateResult.Fail("The key is unknown or revoked.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_tooMany)
        {
            Response.Headers.RetryAfter = "60";
            await Context.WriteProblemAsync(StatusCodes.Status429TooManyRequests, "Too many attempts", "Too many requests with an unknown or revoked API key came from this address. Wait a minute.");
            return;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        if (_expiredAt is { } at)
        {
            await Context.WriteProblemAsync(StatusCodes.Status401Unauthorized, "API key expired", string.Create(
                CultureInfo.InvariantCulture,
                $"The API key expired on {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Create a new key under Gear, Access, API keys."));
            return;
        }

        await Context.WriteProblemAsync(
            StatusCodes.Status401Unauthorized,
            "API key required",
            Request.Headers.Authorization.Count > 0 ? "The API key is unknown or revoked." : "Send an API key: Authorization: Bearer <key>.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Context.WriteProblemAsync(StatusCodes.Status403Forbidden, "Scope missing", "The API key does not have the scope that this call needs.");

    private async Task<ClaimsPrincipal> PrincipalAsync(ApiKey row)
    {
        var ruleset = await db.Set<Ruleset>().Where(r => r.Id == row.RulesetId).Select(r => r.Name).SingleAsync(Context.RequestAborted);
        var scopes = Enum.GetValues<ApiKeyScopes>()
            .Where(s => s is not (ApiKeyScopes.None or ApiKeyScopes.All) && row.Scopes.HasFlag(s))
            .Select(s => new Claim(AccessClaims.Scope, AccessPolicies.ScopeName(s)));
        return new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(AccessClaims.KeyName, row.Name),
                new Claim(AccessClaims.Ruleset, row.RulesetId.ToString()),
                new Claim(AccessClaims.RulesetName, ruleset),
                .. scopes,
            ],
            Scheme,
            AccessClaims.KeyName,
            ClaimTypes.Role));
    }
}
