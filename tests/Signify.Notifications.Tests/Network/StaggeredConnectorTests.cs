using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Network;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Network;

public sealed class StaggeredConnectorTests
{
    private static readonly IPAddress[] Both = [ScriptedAddresses.Four, ScriptedAddresses.Six];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_does_not_answer_delays_the_next_one_by_the_stagger()
    {
        await using var server = new LoopbackListener((_, _) => Task.CompletedTask);
        var time = new FakeTimeProvider();
        CancellationToken ofLoser = default;
        var script = new ScriptedAddresses
        {
            Open = (remote, ct) =>
            {
                var six = remote.AddressFamily == AddressFamily.InterNetworkV6;
                ofLoser = six ? ct : ofLoser;
                return six ? ScriptedAddresses.NeverAsync(ct) : ScriptedAddresses.LoopbackAsync(server.Port, ct);
            },
        };

        var connecting = script.Connector(time).ConnectAsync(Both, server.Port, Ct);
        var before = script.Tried;
        time.Advance(StaggeredConnector.Stagger);
        var opened = await connecting;

        Assert.Equal(["2001:db8::1"], before);
        Assert.Equal(ScriptedAddresses.Four, opened.Remote.Address);
        Assert.True(opened.Socket.Connected);
        Assert.True(ofLoser.IsCancellationRequested);
        Assert.Equal("IPv6 2001:db8::1: no answer yet; IPv4 192.0.2.1: connected", opened.Evidence);
        opened.Socket.Dispose();
    }

    [Fact]
    public async Task A_refused_address_makes_way_for_the_next_one_without_a_wait()
    {
        await using var server = new LoopbackListener((_, _) => Task.CompletedTask);
        var script = new ScriptedAddresses
        {
            Open = (remote, ct) => remote.AddressFamily == AddressFamily.InterNetworkV6
                ? ScriptedAddresses.Fail(SocketError.NetworkUnreachable)
                : ScriptedAddresses.LoopbackAsync(server.Port, ct),
        };

        // The clock does not move: nothing but the failure can start the next attempt.
        var opened = await script.Connector(new FakeTimeProvider()).ConnectAsync(Both, server.Port, Ct);

        Assert.Equal("IPv6 2001:db8::1: Network is unreachable; IPv4 192.0.2.1: connected", opened.Evidence);
        opened.Socket.Dispose();
    }

    [Fact]
    public async Task The_families_take_turns_and_a_failure_names_both()
    {
        var script = new ScriptedAddresses();
        string[] texts = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2", "::ffff:192.0.2.1"];
        IPAddress[] addresses = [.. texts.Select(IPAddress.Parse)];

        var failed = await Assert.ThrowsAsync<ConnectFailedException>(
            () => script.Connector(new FakeTimeProvider()).ConnectAsync(addresses, 587, Ct));

        Assert.Equal(["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"], script.Tried);
        Assert.Equal(SocketError.ConnectionRefused, failed.SocketErrorCode);
        Assert.Equal("IPv6 and IPv4", failed.Families);
        Assert.Equal("IPv6 2001:db8::1, 2001:db8::2: Connection refused; "
            + "IPv4 192.0.2.1, 192.0.2.2, 192.0.2.3: Connection refused", failed.Message);
    }

    [Theory]
    [InlineData(SocketError.NetworkUnreachable, SocketError.ConnectionRefused, SocketError.ConnectionRefused)]
    [InlineData(SocketError.TimedOut, SocketError.NetworkUnreachable, SocketError.TimedOut)]
    [InlineData(SocketError.NetworkUnreachable, SocketError.NetworkUnreachable, SocketError.NetworkUnreachable)]
    public async Task The_family_that_this_machine_lacks_does_not_decide_the_finding(SocketError six, SocketError four,
        SocketError expected)
    {
        var script = new ScriptedAddresses
        {
            Open = (remote, _) => ScriptedAddresses.Fail(remote.AddressFamily == AddressFamily.InterNetworkV6 ? six : four),
        };

        var failed = await Assert.ThrowsAsync<ConnectFailedException>(
            () => script.Connector(new FakeTimeProvider()).ConnectAsync(Both, 587, Ct));

        Assert.Equal(expected, failed.SocketErrorCode);
    }

    [Fact]
    public async Task A_canceled_connection_closes_its_sockets_and_names_the_addresses()
    {
        var sockets = new List<Socket>();
        var time = new FakeTimeProvider();
        var bothStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new ScriptedAddresses { Open = LateAsync };
        using var stop = new CancellationTokenSource();

        var connecting = script.Connector(time).ConnectAsync(Both, 587, stop.Token);
        time.Advance(StaggeredConnector.Stagger);
        await bothStarted.Task.WaitAsync(Ct);
        await stop.CancelAsync();
        var canceled = await Assert.ThrowsAsync<ConnectCanceledException>(() => connecting);

        Assert.Equal("IPv6 2001:db8::1: no answer; IPv4 192.0.2.1: no answer", canceled.Evidence);
        Assert.Equal(2, sockets.Count);
        Assert.All(sockets, socket => Assert.True(socket.SafeHandle.IsClosed));

        // The worst case: the connection opens just as it is called off.
        async Task<Socket> LateAsync(IPEndPoint remote, CancellationToken ct)
        {
            var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            sockets.Add(socket);
            if (sockets.Count == 2)
            {
                bothStarted.SetResult();
            }

            await new TaskCompletionSource().Task.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return socket;
        }
    }

    [Fact]
    public async Task The_socket_of_a_late_second_is_closed_when_the_first_has_won()
    {
        await using var server = new LoopbackListener((_, _) => Task.CompletedTask);
        var time = new FakeTimeProvider();
        var late = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        var script = new ScriptedAddresses
        {
            Open = async (remote, ct) =>
            {
                if (remote.AddressFamily == AddressFamily.InterNetwork)
                {
                    return await ScriptedAddresses.LoopbackAsync(server.Port, ct);
                }

                var called = new TaskCompletionSource();
                await using var off = ct.Register(called.SetResult);
                await called.Task;
                return late;
            },
        };

        var connecting = script.Connector(time).ConnectAsync(Both, server.Port, Ct);
        time.Advance(StaggeredConnector.Stagger);
        using var winner = (await connecting).Socket;

        Assert.True(late.SafeHandle.IsClosed);
        Assert.True(winner.Connected);
    }

    [Fact]
    public async Task Over_http_ten_seconds_without_an_answer_are_a_failure_that_names_the_families()
    {
        var time = new FakeTimeProvider();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new ScriptedAddresses
        {
            Open = (remote, ct) =>
            {
                if (remote.AddressFamily == AddressFamily.InterNetwork)
                {
                    second.SetResult();
                }

                return ScriptedAddresses.NeverAsync(ct);
            },
        };

        var connecting = script.Connector(time).OpenStreamAsync(Both, 443, Ct);
        time.Advance(StaggeredConnector.Stagger);
        await second.Task.WaitAsync(Ct);
        time.Advance(TimeSpan.FromSeconds(10));
        var failed = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting);

        Assert.Equal(SocketError.TimedOut, failed.SocketErrorCode);
        Assert.Equal("IPv6 2001:db8::1: no answer; IPv4 192.0.2.1: no answer", failed.Message);
    }

    [Fact]
    public async Task Small_writes_leave_without_a_wait()
    {
        await using var server = new LoopbackListener((_, _) => Task.CompletedTask);

        var opened = await new StaggeredConnector(TimeProvider.System).ConnectAsync([IPAddress.Loopback], server.Port, Ct);

        Assert.True(opened.Socket.NoDelay);
        Assert.Null(opened.Evidence);
        opened.Socket.Dispose();
    }
}
