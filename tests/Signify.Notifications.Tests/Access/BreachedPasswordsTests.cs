using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access.Passwords;
using Signify.Notifications.Network;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Tests.Telemetry;
using PasswordOptions = Signify.Notifications.Access.Passwords.PasswordOptions;

namespace Signify.Notifications.Tests.Access;

/// <summary>Only the service's own word refuses a password, and it learns five characters of a hash.</summary>
public sealed class BreachedPasswordsTests : IAsyncDisposable
{
    private const string Password = "three stolen green lamps";
    private const string Other = "00000000000000000000000000000000001";

#pragma warning disable CA5350 // The service's own hash.
    private static readonly string Hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(Password)));
#pragma warning restore CA5350

    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FakeTimeProvider _time = new();
    private readonly CapturedLogs _logs = new();
    private readonly Instruments _instruments = new(Options.Create(new TelemetryOptions()));
    private readonly Heard _heard;
    private readonly LoopbackListener _server;
    private byte[]? _answer;

    public BreachedPasswordsTests()
    {
        _heard = new Heard(_instruments);
        _server = new LoopbackListener(AnswerAsync);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Rest => Hash[5..];

    private string Address => $"http://127.0.0.1:{_server.Port}/range/";

    [Theory]
    [InlineData("{0}:1")]
    [InlineData("{1}:3\r\n{0}:52256179\r\n")]
    [InlineData("{1}:3\n{0}:7 \n{1}:0")]
    public async Task A_listed_password_is_refused_and_five_characters_leave(string lines)
    {
        Answer(200, Lines(lines));

        var error = Assert.Single((await CheckAsync(Address)).Errors);

        Assert.Equal(PasswordMessages.Breached(), error.Description);
        var request = Assert.Single(_requests);
        Assert.StartsWith($"GET /range/{Hash[..5]} HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAdd-Padding: true\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain(Hash[..6], request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        AssertNothingIsLogged();
        Assert.Equal(1, Counted("breached"));
    }

    [Theory]
    [InlineData("{1}:3\r\n{1}:4")]
    [InlineData("{0}:0\r\n{1}:3")]
    public async Task A_password_that_is_not_listed_or_only_padding_is_accepted(string lines)
    {
        Answer(200, Lines(lines));

        Assert.True((await CheckAsync(Address)).Succeeded);

        AssertNothingIsLogged();
        Assert.Equal(1, Counted("not-found"));
    }

    [Theory]
    [InlineData(503, "busy")]
    [InlineData(429, "{0}:9")]
    [InlineData(302, "{0}:9")]
    [InlineData(200, "")]
    [InlineData(200, "<html>Sign in to the guest network: {0}</html>")]
    [InlineData(200, "{0}")]
    [InlineData(200, "{0}:many")]
    [InlineData(200, "{0}:-1")]
    [InlineData(200, "{0}:99999999999999999999999999")]
    public async Task An_answer_that_is_no_list_accepts_and_is_logged_and_counted(int status, string lines)
    {
        Answer(status, Lines(lines));

        await AssertAcceptedUncheckedAsync(Address);
    }

    [Fact]
    public async Task An_endless_answer_accepts()
    {
        Answer(200, string.Concat(Enumerable.Repeat($"{Other}:1\r\n", 40_000)));

        await AssertAcceptedUncheckedAsync(Address);
    }

    [Fact]
    public async Task A_connection_that_breaks_accepts()
    {
        _answer = "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"u8.ToArray();

        await AssertAcceptedUncheckedAsync(Address);
    }

    [Fact]
    public Task A_service_that_is_away_accepts() =>
        AssertAcceptedUncheckedAsync($"http://127.0.0.1:{LoopbackListener.RefusedPort()}/range");

    [Fact]
    public async Task A_service_that_is_slow_accepts_after_three_seconds()
    {
        var check = CheckAsync(Address);
        await _asked.Task.WaitAsync(Ct);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        var early = check.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True((await check).Succeeded);
        Assert.False(early);
        Assert.Equal(1, Counted("unavailable"));
        AssertOneWarning();
    }

    [Theory]
    [InlineData("", Password)]
    [InlineData(null, "Summer2026!!!")]
    [InlineData(null, "short")]
    public async Task Without_an_address_and_for_what_is_refused_anyway_nothing_is_asked(string? address, string password)
    {
        Assert.True((await CheckAsync(address ?? Address, password)).Succeeded);

        Assert.Empty(_requests);
        Assert.DoesNotContain(_heard.Collect().Keys, key => key.StartsWith("signify.passwords", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://passwords.contoso.com/range/", false)]
    [InlineData("https://passwords.contoso.com/range?x=1", false)]
    [InlineData("https://user:secret@passwords.contoso.com/range/", false)]
    [InlineData("passwords.contoso.com", false)]
    [InlineData("https://passwords.contoso.com/range", true)]
    [InlineData("http://127.0.0.1:8080/range", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public void The_address_is_https_or_of_this_machine(string? address, bool valid)
    {
        var options = new PasswordOptions { BreachedAddress = address };

        Assert.Equal(valid, !options.Validate(new(options)).Any());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _heard.Dispose();
        _instruments.Dispose();
        _logs.Dispose();
    }

    private static string Lines(string format) =>
        format.Replace("{0}", Rest, StringComparison.Ordinal).Replace("{1}", Other, StringComparison.Ordinal);

    private async Task AssertAcceptedUncheckedAsync(string address)
    {
        Assert.True((await CheckAsync(address)).Succeeded);
        Assert.Equal(1, Counted("unavailable"));
        AssertOneWarning();
    }

    private async Task<IdentityResult> CheckAsync(string address, string password = Password)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        using var breached = new BreachedPasswords(
            Options.Create(new PasswordOptions { BreachedAddress = address }), new StaggeredConnector(TimeProvider.System),
            _instruments, _time, loggers.CreateLogger<BreachedPasswords>());
        return await breached.CheckAsync(password, Ct);
    }

    // An unknown character set must not matter.
    private void Answer(int status, string body) => _answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status} X\r\nContent-Type: text/plain; charset=klingon\r\nLocation: {Address}\r\n"
        + $"Content-Length: {body.Length}\r\n\r\n{body}");

    private async Task AnswerAsync(NetworkStream stream, CancellationToken ct)
    {
        var request = new StringBuilder();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(ct) is { Length: > 0 } line)
        {
            request.Append(line).Append("\r\n");
        }

        _requests.Enqueue(request.ToString());
        _asked.TrySetResult();
        if (_answer is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        }

        await stream.WriteAsync(_answer, ct);
    }

    private double Counted(string result) =>
        Assert.Single(_heard.Collect(), v => v.Key == $"signify.passwords.breach_checks signify.result={result}").Value;

    private void AssertOneWarning()
    {
        var line = Assert.Single(_logs.Lines, l => l.Contains("Passwords:BreachedAddress", StringComparison.Ordinal));
        Assert.StartsWith("Warning ", line, StringComparison.Ordinal);
        AssertNoSecret();
    }

    private void AssertNothingIsLogged()
    {
        Assert.DoesNotContain(_logs.Lines, l => l.Contains("Passwords:BreachedAddress", StringComparison.Ordinal));
        AssertNoSecret();
    }

    private void AssertNoSecret() => Assert.All(_logs.Lines, line =>
    {
        Assert.DoesNotContain(Password, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Hash[..5], line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Rest, line, StringComparison.OrdinalIgnoreCase);
    });
}
