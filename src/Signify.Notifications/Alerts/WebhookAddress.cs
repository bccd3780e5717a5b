using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Alerts;

/// <summary>
/// Where alerts may be posted to. An administrator of a ruleset chooses the address and the operator's machine calls it, so it must
/// not open what only that machine reaches. Names are judged again when they have become addresses, at each call.
/// </summary>
public static class WebhookAddress
{
    public const int Limit = 2000;

    // Where clouds hand out credentials and settings to their machines; the second and third are public addresses by their range.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("169.254.169.254"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("100.100.100.200"), IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"),
    ];

    private static readonly IPNetwork[] Closed =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"),
        // For documentation.
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20"),
        // Tunnels and translators, whose target this check cannot see: 6to4 relays, Teredo, local NAT64. And the discard prefix.
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("2001::/32"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("100::/64"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>Ranges that stand for an IPv4 address, and where in the sixteen bytes it stands.</summary>
    private static readonly (IPNetwork Network, int At)[] Wrapped =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <returns>What is wrong with it, for the person who typed it; null when nothing is.</returns>
    public static string? Fault(string typed, bool allowPrivate)
    {
        if (typed.Length > Limit || !Uri.TryCreate(typed, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
        {
            return AlertPhrases.AddressMalformed();
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return AlertPhrases.AddressWithUser();
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            return AlertPhrases.AddressInClear();
        }

        return Literal(url) is { } address ? Refusal(address, allowPrivate) : null;
    }

    /// <returns>Why this address is not called, for a person; null when it may be.</returns>
    public static string? Refusal(IPAddress address, bool allowPrivate)
    {
        var meant = Unwrap(address);
        if (Metadata.Contains(meant) || Closed.Any(n => n.Contains(meant)))
        {
            return AlertPhrases.AddressReserved();
        }

        return !allowPrivate && Private.Any(n => n.Contains(meant))
            ? AlertPhrases.AddressPrivate()
            : null;
    }

    private static IPAddress? Literal(Uri url) => url.IsLoopback && !IPAddress.TryParse(url.DnsSafeHost, out _)
        ? IPAddress.Loopback
        : IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : null;

    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.Equals(IPAddress.IPv6Loopback) && !address.Equals(IPAddress.IPv6Any))
        {
            foreach (var (network, at) in Wrapped)
            {
                if (network.Contains(address))
                {
                    return new IPAddress(address.GetAddressBytes().AsSpan(at, 4));
                }
            }
        }

        return address;
    }
}
