using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Network;

/// <summary>What may be reached at an address that a ruleset's administrator chose and this machine connects to.</summary>
public enum AddressClass
{
    Public,

    /// <summary>This machine (loopback), private networks (RFC 1918, 4193), shared address space (RFC 6598), benchmarking (RFC 2544).</summary>
    Private,

    /// <summary>
    /// Never a server of anybody's: link-local, the metadata services of clouds, unspecified, multicast, broadcast, documentation, and
    /// tunnels whose target is not known.
    /// </summary>
    Reserved,
}

/// <summary>
/// The one classification of addresses, for webhooks and relays: the IANA special-purpose registries, and the metadata services of clouds.
/// </summary>
public static class AddressClasses
{
    // Where clouds hand out credentials and settings to their machines; the second and third are public addresses by their range.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("169.254.169.254"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"),
    ];

    private static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"),
        // For documentation.
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20"),
        // Tunnels and translators, whose target this check cannot see: 6to4 relays, Teredo, local NAT64. And the discard prefix.
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("2001::/32"), IPNetwork.Parse("64:ff9b:1::/48"), IPNetwork.Parse("100::/64"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>Ranges that stand for an IPv4 address, and where in the sixteen bytes it is.</summary>
    private static readonly (IPNetwork Network, int At)[] Wrapped =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2),
    ];

    public static AddressClass Classify(IPAddress address)
    {
        var meant = Unwrap(address);
        return Metadata.Contains(meant) || Reserved.Any(n => n.Contains(meant)) ? AddressClass.Reserved
            : Private.Any(n => n.Contains(meant)) ? AddressClass.Private
            : AddressClass.Public;
    }

    /// <summary>The IPv4 address that an IPv6 address stands for; any other address as it is.</summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6
            && !address.Equals(IPAddress.IPv6Loopback) && !address.Equals(IPAddress.IPv6Any))
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
