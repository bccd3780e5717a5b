using System.Net.Sockets;

namespace Signify.Notifications.Network;

/// <summary>What the attempts to connect came to, by family: "IPv6 2001:db8::1: Connection refused; IPv4 192.0.2.1: no answer".</summary>
internal static class ConnectEvidence
{
    public static string OnFailure(IEnumerable<ConnectAttempt> attempts) => Describe(attempts, _ => "no answer");

    /// <returns>Null when the first address answered and no other was tried.</returns>
    public static string? OnSuccess(IReadOnlyList<ConnectAttempt> attempts) =>
        attempts.Count(a => a.Started) > 1
        ? Describe(attempts, a => a.Connecting.IsCompletedSuccessfully ? "connected" : "no answer yet")
        : null;

    private static string Describe(IEnumerable<ConnectAttempt> attempts, Func<ConnectAttempt, string> withoutError) =>
        string.Join("; ", attempts
        .Where(a => a.Started)
        .GroupBy(a => (a.Family, Outcome: a.Error is { } error ? new SocketException((int)error).Message : withoutError(a)))
        .Select(g => $"{g.Key.Family} {AddressOrder.List([.. g.Select(a => a.Remote.Address)])}: {g.Key.Outcome}"));
}
