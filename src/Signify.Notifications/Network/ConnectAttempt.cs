using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Network;

/// <summary>One address of a host and what became of it.</summary>
internal sealed class ConnectAttempt(IPEndPoint remote)
{
    private static readonly Task<Socket> NotStarted = new TaskCompletionSource<Socket>().Task;

    public IPEndPoint Remote => remote;

    public string Family => AddressOrder.FamilyOf(remote.Address);

    public Task<Socket> Connecting { get; private set; } = NotStarted;

    public bool Started => Connecting != NotStarted;

    /// <summary>Null while there is no answer, and after a success.</summary>
    public SocketError? Error => Connecting is { IsFaulted: true, Exception.InnerException: var ex }
        ? (ex as SocketException)?.SocketErrorCode ?? SocketError.SocketError
        : null;

    public void Start(Func<IPEndPoint, CancellationToken, Task<Socket>> opener, CancellationToken ct) => Connecting = opener(remote, ct);

    /// <summary>For an attempt that lost. The race's token has ended, so a pending one ends now.</summary>
    public async Task CloseAsync()
    {
        if (!Started)
        {
            return;
        }

        await ((Task)Connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Connecting.IsCompletedSuccessfully)
        {
            (await Connecting).Dispose();
        }
    }
}
