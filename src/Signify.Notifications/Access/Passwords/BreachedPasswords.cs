using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Signify.Notifications.Network;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Access.Passwords;

/// <summary>
/// Looks new passwords up among breached ones by the range API of Have I Been Pwned: five of the forty characters of the SHA-1 leave this
/// host, and the answer lists all hashes that begin with them. See docs/decisions/0036.
/// </summary>
public sealed partial class BreachedPasswords : IDisposable
{
    private const int PrefixLength = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789ABCDEFabcdef");

    private readonly Uri? _address;
    private readonly Instruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<BreachedPasswords> _logger;
    private readonly HttpClient _http;

    public BreachedPasswords(
        IOptions<PasswordOptions> options, StaggeredConnector connector, Instruments instruments, TimeProvider time,
        ILogger<BreachedPasswords> logger)
    {
        (_address, _instruments, _time, _logger) = (options.Value.BreachedUri, instruments, time, logger);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = connector.ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 32,
            // No trace of the request, whose address holds the five characters.
            ActivityHeadersPropagator = null,
            SslOptions = { AllowTlsResume = false },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            // A range has about 1,000 lines of 40 characters, and as much padding.
            MaxResponseContentBufferSize = 1024 * 1024,
        };
    }

    /// <summary>
    /// Call it before a transaction: it waits for another host, at most three seconds. A service that does not answer refuses nothing.
    /// </summary>
    public async Task<IdentityResult> CheckAsync(string password, CancellationToken ct)
    {
        // What is refused anyway is not looked up.
        if (_address is null || PasswordRules.Find(password, PasswordContext.None) is not null)
        {
            return IdentityResult.Success;
        }

        var breached = await FindAsync(password, ct);
        _instruments.BreachChecks.Add(1, new KeyValuePair<string, object?>("signify.result", breached switch
        {
            null => "unavailable",
            true => "breached",
            false => "not-found",
        }));
        return breached == true
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordRefused", Description = PasswordMessages.Breached() })
            : IdentityResult.Success;
    }

    public void Dispose() => _http.Dispose();

    /// <returns>Null when the service does not answer.</returns>
    private async Task<bool?> FindAsync(string password, CancellationToken ct)
    {
        // The API is defined by SHA-1; nothing is protected by it.
#pragma warning disable CA5350
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var listed = Lists(await ReadAsync(hash[..PrefixLength], either.Token), hash[PrefixLength..]);
            if (listed is null)
            {
                LogUnavailable("the answer is no list of hashes");
            }

            return listed;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogUnavailable($"no answer within {Limit.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException ex)
        {
            // Not its message, which may hold the address.
            LogUnavailable(ex.StatusCode is { } status
                ? string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}")
                : ex.HttpRequestError.ToString());
        }

        return null;
    }

    private async Task<string> ReadAsync(string prefix, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address!, prefix));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Signify-Notifications", "1"));
        // Without it the length of the encrypted answer would tell the range.
        request.Headers.Add("Add-Padding", "true");
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        answer.EnsureSuccessStatusCode();
        // Not as the character set that the answer names, which may be unknown.
        return Encoding.ASCII.GetString(await answer.Content.ReadAsByteArrayAsync(ct));
    }

    /// <summary>Lines of "rest of the hash:times seen"; padding has been seen 0 times.</summary>
    /// <returns>Null when no line is one: something else than the service answered.</returns>
    private static bool? Lists(string range, string rest)
    {
        bool? listed = null;
        foreach (var line in range.AsSpan().EnumerateLines())
        {
            if (line.Length <= rest.Length || line[rest.Length] != ':' || line[..rest.Length].ContainsAnyExcept(Digits)
                || !long.TryParse(line[(rest.Length + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var times))
            {
                continue;
            }

            listed = listed == true || (times > 0 && line.StartsWith(rest, StringComparison.OrdinalIgnoreCase));
        }

        return listed;
    }

    [LoggerMessage(2105, LogLevel.Warning,
        "Passwords:BreachedAddress cannot be reached ({Reason}). A new password was accepted without the check for breached passwords.")]
    private partial void LogUnavailable(string reason);
}
