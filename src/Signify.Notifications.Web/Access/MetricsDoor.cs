using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// Lets the operator's monitoring read <c>/metrics</c>. API keys do not open it: they belong to one ruleset, and the numbers are of all.
/// </summary>
internal sealed class MetricsDoor(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IOptions<MetricsOptions> metrics, FailedAttempts failed)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "Metrics";

    private const string Bearer = "Bearer ";

    // What an unknown proxy brings looks as if it came from the proxy, which is often this machine.
    private static readonly string[] TracesOfProxies = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"];

    private bool _tooMany;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (HasToken() || StandsNear())
        {
            var monitoring = new ClaimsPrincipal(new ClaimsIdentity([], Scheme));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(monitoring, Scheme)));
        }

        return Task.FromResult(AuthenticateResult.NoResult());
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        Response.StatusCode = _tooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.ContentType = "text/plain";
        await Response.WriteAsync("Metrics are for this installation's monitoring: Telemetry:MetricsToken, Telemetry:MetricsNetworks.\n", Context.RequestAborted);
    }

    private bool HasToken()
    {
        var header = Request.Headers.Authorization.ToString();
        if (metrics.Value.MetricsToken is not { } token || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (CryptographicOperations.FixedTimeEquals(Hash(header[Bearer.Length..].Trim()), Hash(token)))
        {
            return true;
        }

        _tooMany = !failed.NoteKey(Context);
        return false;
    }

    private bool StandsNear() =>
        Context.Connection.RemoteIpAddress is { } address
        && !TracesOfProxies.Any(Request.Headers.ContainsKey)
        && metrics.Value.Networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    // Of one length, so that the comparison tells nothing about it.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
