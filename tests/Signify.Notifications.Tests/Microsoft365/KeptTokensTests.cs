using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Tests.Microsoft365;

public sealed class KeptTokensTests
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();
    private readonly Entra _entra;
    private readonly KeptTokens _tokens;

    public KeptTokensTests()
    {
        _entra = new Entra(_time);
        _tokens = new KeptTokens(_entra, _time);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_ask_entra_is_asked_once_and_nobody_is_told_that_it_was_kept()
    {
        _entra.Until = new TaskCompletionSource();
        var asking = Enumerable.Range(0, 20).Select(_ => _tokens.GetAsync(Settings(), TokenResource.Graph, Ct)).ToList();

        _entra.Until.SetResult();
        var got = await Task.WhenAll(asking);

        Assert.Equal(1, _entra.Asked);
        Assert.All(got, g => Assert.Equal((got[0].Token, false), (g.Token, g.WasKept)));
        Assert.True((await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct)).WasKept);
    }

    [Fact]
    public async Task A_token_is_used_until_it_nears_its_end()
    {
        var first = await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct);

        _time.Advance(Life - KeptTokens.Margin - TimeSpan.FromSeconds(1));
        Assert.Same(first.Token, (await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct)).Token);

        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct);

        Assert.NotSame(first.Token, second.Token);
        Assert.Equal((2, false), (_entra.Asked, second.WasKept));
    }

    [Fact]
    public async Task A_forgotten_token_is_asked_for_again_and_its_successor_stays()
    {
        var first = await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct);

        _tokens.Forget(first);
        var second = await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct);
        _tokens.Forget(first);

        Assert.NotSame(first.Token, second.Token);
        Assert.Same(second.Token, (await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct)).Token);
        Assert.Equal(2, _entra.Asked);
    }

    [Fact]
    public async Task Other_credentials_and_other_resources_have_tokens_of_their_own()
    {
        await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct);
        await _tokens.GetAsync(Settings(), TokenResource.Exchange, Ct);
        await _tokens.GetAsync(Settings() with { ClientSecret = new SecretText("another") }, TokenResource.Graph, Ct);
        await _tokens.GetAsync(Settings() with { TenantId = "fabrikam.com" }, TokenResource.Graph, Ct);
        await _tokens.GetAsync(Settings() with { ClientSecret = new SecretText("secret") }, TokenResource.Graph, Ct);

        Assert.Equal(4, _entra.Asked);
    }

    [Fact]
    public async Task A_failure_is_everybodys_who_waits_and_nobodys_who_comes_later()
    {
        _entra.Fault = new TransportUnavailableException(new Finding(FindingCode.SecretExpired, "It expired.", "Make another."));
        await Assert.ThrowsAsync<TransportUnavailableException>(() => _tokens.GetAsync(Settings(), TokenResource.Graph, Ct));

        _entra.Fault = null;

        Assert.False((await _tokens.GetAsync(Settings(), TokenResource.Graph, Ct)).WasKept);
        Assert.Equal(2, _entra.Asked);
    }

    [Fact]
    public async Task One_who_gives_up_does_not_take_the_token_from_the_others()
    {
        _entra.Until = new TaskCompletionSource();
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var first = _tokens.GetAsync(Settings(), TokenResource.Graph, impatient.Token);
        var second = _tokens.GetAsync(Settings(), TokenResource.Graph, Ct);

        await impatient.CancelAsync();
        _entra.Until.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull((await second).Token);
        Assert.Equal(1, _entra.Asked);
    }

    [Fact]
    public async Task A_silent_entra_is_given_up_within_the_timeout()
    {
        _entra.Until = new TaskCompletionSource();
        var asking = _tokens.GetAsync(Settings(), TokenResource.Graph, Ct);
        await _entra.Reached.Task.WaitAsync(Ct);

        _time.Advance(TimeSpan.FromSeconds(20));

        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => asking.WaitAsync(Ct));
        Assert.Equal(FindingCode.EntraUnreachable, failed.Findings[0].Code);
    }

    private static NotificationSettings Settings() => new()
    {
        SignIn = SignIn.Token,
        ServerName = "HR",
        Port = 587,
        Timeout = TimeSpan.FromSeconds(20),
        FromEmail = "hr@contoso.com",
        Cloud = "Worldwide",
        TenantId = "contoso.com",
        ClientId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
        ClientSecret = new SecretText("secret"),
    };

    /// <summary>A network lies behind it in production.</summary>
    private sealed class Entra(TimeProvider time) : IAccessTokens
    {
        private int _asked;

        public int Asked => _asked;

        public TaskCompletionSource Until { get; set; } = Done();

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Fault { get; set; }

        public async Task<AccessToken> AcquireFreshAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct)
        {
            var number = Interlocked.Increment(ref _asked);
            Reached.TrySetResult();
            await Until.Task.WaitAsync(ct);
            return Fault is null ? new AccessToken(new SecretText($"token-{number}"), time.GetUtcNow() + Life, null) : throw Fault;
        }

        private static TaskCompletionSource Done()
        {
            var done = new TaskCompletionSource();
            done.SetResult();
            return done;
        }
    }
}
