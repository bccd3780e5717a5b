using System.Net.Sockets;

namespace Signify.Notifications.Network;

/// <summary>No address of a host accepts a connection. The message is the evidence; the code is the most telling failure's.</summary>
/// <param name="families">Such as "IPv6 and IPv4".</param>
public sealed class ConnectFailedException(SocketError error, string evidence, string families) : SocketException((int)error, evidence)
{
    public string Families { get; } = families;

    internal static ConnectFailedException From(IReadOnlyList<ConnectAttempt> attempts) => attempts.Count == 0
        ? new ConnectFailedException(SocketError.HostNotFound, "The name has no address.", "")
        : new ConnectFailedException(
            attempts.Select(a => a.Error ?? SocketError.SocketError).MinBy(Rank),
            ConnectEvidence.OnFailure(attempts),
            AddressOrder.Families(attempts.Select(a => a.Remote.Address)));

    // A refusal is the server's own; a missing route says only that this machine lacks the family.
    private static int Rank(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => 0,
        SocketError.TimedOut => 1,
        SocketError.HostUnreachable => 3,
        SocketError.NetworkUnreachable => 4,
        SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable => 5,
        _ => 2,
    };
}

/// <summary>The caller's time was up, or it stopped, before an address answered.</summary>
public sealed class ConnectCanceledException(string evidence, CancellationToken ct) : OperationCanceledException("No address answered.", ct)
{
    /// <summary>Which addresses were tried, by family.</summary>
    public string Evidence { get; } = evidence;
}
