using System.Net;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Loopback, and what RFC 1918, RFC 3927, RFC 4193 and RFC 4291 (link-local) keep from the Internet.</summary>
internal static class PrivateNetworks
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    public static bool Contains(IPAddress address) => Networks.Any(n => n.Contains(address));
}
