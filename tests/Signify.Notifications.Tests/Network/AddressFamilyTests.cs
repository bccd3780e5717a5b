using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Alerts;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Health.Alerting;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Tests.Transports;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Network;

/// <summary>What SMTP, the token service, Graph and webhooks say of a host with addresses of both families.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class AddressFamilyTests
{
    private const string Host = "dual.contoso.test";
    private const string RefusedByBoth = "IPv6 2a00::7: Connection refused; IPv4 8.8.8.7: Connection refused";

    private static readonly string[] Both = ["8.8.8.7", "2a00::7"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_check_shows_both_families_and_that_mail_leaves_over_the_one_that_works()
    {
        var port = 0;
        var script = new ScriptedAddresses(Both)
        {
            Open = (remote, ct) => remote.AddressFamily == AddressFamily.InterNetwork
                ? ScriptedAddresses.LoopbackAsync(port, ct)
                : ScriptedAddresses.Fail(SocketError.NetworkUnreachable),
        };
        await using var lab = await StartAsync(script, smtp: SmtpScript.PlainRelay);
        port = lab.Smtp.Port;

        var report = await lab.CheckAsync(Relay(lab, lab.Smtp.Port));

        Assert.Equal("IPv6 2a00::7; IPv4 8.8.8.7", report.Step(StepName.NameLookup).Evidence);
        Assert.Equal(StepState.Passed, report.Step(StepName.Connection).State);
        Assert.Equal("IPv6 2a00::7: Network is unreachable; IPv4 8.8.8.7: connected", report.Step(StepName.Connection).Evidence);
    }

    [Fact]
    public async Task A_connection_that_both_families_refuse_names_both_in_the_check_and_when_sending()
    {
        await using var lab = await StartAsync(new ScriptedAddresses(Both));

        var report = await lab.CheckAsync(Relay(lab, 587));
        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => lab.OpenAsync(input: Relay(lab, 587)));

        Assert.Equal(["connection-refused/port"], report.Step(StepName.Connection).Findings.Marks());
        Assert.Equal(RefusedByBoth, report.Step(StepName.Connection).Evidence);
        Assert.Equal(["connection-refused/port"], failed.Findings.Marks());
        Assert.Equal(RefusedByBoth, failed.Evidence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_times_out_names_the_family_that_did_not_answer(bool check)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var script = new ScriptedAddresses(Both)
        {
            Open = (remote, ct) =>
            {
                if (remote.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    return ScriptedAddresses.Refuse(remote, ct);
                }

                started.TrySetResult();
                return ScriptedAddresses.NeverAsync(ct);
            },
        };
        await using var lab = await StartAsync(script, time: time);

        var ending = check ? CheckedAsync(lab) : SentAsync(lab);
        await started.Task.WaitAsync(Ct);
        time.Advance(TimeSpan.FromSeconds(30));
        var (code, evidence) = await ending;

        Assert.Equal("connection-timed-out/port", code);
        Assert.Equal("IPv6 2a00::7: Connection refused; IPv4 8.8.8.7: no answer", evidence);
    }

    [Fact]
    public async Task A_token_service_that_both_families_refuse_names_both()
    {
        await using var lab = await StartAsync(new ScriptedAddresses(Both), "Clouds:Lab:Authority", $"{Host}:443");

        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(
            () => lab.Library.Get<TenantProbe>().AskAsync(lab.Library.Get<Clouds>().Find("Lab")!, StubCloud.Tenant, Ct));

        Assert.Equal("entra-connection-refused", failed.Findings[0].Cause);
        Assert.Equal(RefusedByBoth, failed.Evidence);
    }

    [Fact]
    public async Task A_message_over_graph_that_both_families_refuse_names_both()
    {
        // Literal addresses are not scripted: the token service answers, Graph does not.
        StubCloud? cloud = null;
        var script = new ScriptedAddresses(Both)
        {
            Open = (remote, ct) => remote.Port == cloud!.Port
                ? ScriptedAddresses.LoopbackAsync(remote.Port, ct)
                : ScriptedAddresses.Refuse(remote, ct),
        };
        await using var lab = await StartAsync(script, "Clouds:Lab:Graph", $"{Host}:443");
        cloud = lab.Cloud;
        await using var session = await lab.OpenAsync(Route.Graph);

        var stopped = Assert.IsType<SendOutcome.Stopped>(await session.SendAsync(Mails.To("anna@contoso.com"), Ct));

        Assert.Equal("graph-connection-failed", stopped.Reason.Cause);
        Assert.Contains(RefusedByBoth, stopped.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_connects_to_the_public_addresses_of_its_name_only()
    {
        var script = new ScriptedAddresses("fd00::1", "10.0.0.1", "8.8.8.7", "2a00::7", "127.0.0.1", "::ffff:192.168.0.1");
        using var folder = new TestFolder();
        await using var library = await TestLibrary.StartAsync(folder, more: services => services.AddSingleton(script.Connector()));
        var settings = library.Get<AlertSettings>();
        await settings.SaveAsync(TestLibrary.Ruleset, new AlertInput(false, [], $"https://{Host}/", null, false), "anna", Ct);

        var told = await library.Get<WebhookMessenger>().TellAsync(Alert(), "Default", Ct);

        Assert.Equal(["2a00::7", "8.8.8.7"], script.Tried);
        Assert.IsType<Signify.Notifications.Health.Alerting.Told.Failed>(told);
        Assert.Equal("Nothing listens there: the connection over IPv6 and IPv4 was refused.", told.Words);
    }

    [Fact]
    public async Task A_proxy_with_a_broken_family_is_reached_over_the_other()
    {
        var line = new TaskCompletionSource<string?>();
        await using var proxy = new LoopbackListener(async (stream, ct) =>
        {
            using var reader = new StreamReader(stream, Encoding.ASCII);
            line.TrySetResult(await reader.ReadLineAsync(ct));
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), ct);
        });
        var script = new ScriptedAddresses(Both)
        {
            Open = (remote, ct) => remote.AddressFamily == AddressFamily.InterNetwork
                ? ScriptedAddresses.LoopbackAsync(remote.Port, ct)
                : ScriptedAddresses.Fail(SocketError.NetworkUnreachable),
        };
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = script.Connector().ConnectAsync,
            Proxy = new WebProxy("http://proxy.contoso.test", proxy.Port),
        };
        using var client = new HttpClient(handler);

        using var answer = await client.GetAsync(new Uri("http://service.contoso.test/path"), Ct);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("GET http://service.contoso.test/path HTTP/1.1", await line.Task);
    }

    private static async Task<(string Code, string? Evidence)> CheckedAsync(Lab lab)
    {
        var step = (await lab.CheckAsync(Relay(lab, 587))).Step(StepName.Connection);
        return (Assert.Single(step.Findings.Marks()), step.Evidence);
    }

    private static async Task<(string Code, string? Evidence)> SentAsync(Lab lab)
    {
        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => lab.OpenAsync(input: Relay(lab, 587)));
        return (Assert.Single(failed.Findings.Marks()), failed.Evidence);
    }

    /// <summary>A server without sign-in, so that no token is needed.</summary>
    private static SettingsInput Relay(Lab lab, int port) =>
        lab.Input with { ServerName = Host, Port = port.ToString(CultureInfo.InvariantCulture), CredentialsRequired = false };

    private static Task<Lab> StartAsync(
        ScriptedAddresses addresses, string key = "Clouds:Lab:SmtpHost", string value = Host, SmtpScript? smtp = null,
        TimeProvider? time = null) =>
        Lab.StartAsync(
            smtp, time, new Dictionary<string, string?> { [key] = value },
            more: services => services.AddSingleton(addresses.Connector(time)));

    private static RaisedAlert Alert() => new()
    {
        Id = Guid.NewGuid(),
        RulesetId = TestLibrary.Ruleset,
        Kind = default,
        About = "test",
        Subject = "Test",
        Text = "Test",
        At = TimeProvider.System.GetUtcNow(),
    };
}
