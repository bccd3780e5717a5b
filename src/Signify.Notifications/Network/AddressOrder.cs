using System.Net;
using System.Net.Sockets;

namespace Signify.Notifications.Network;

/// <summary>The addresses of a host by family.</summary>
internal static class AddressOrder
{
    private const int Shown = 4;

    /// <summary>IPv6 first, then the families in turn (RFC 8305, section 4); within a family as the resolver sorted them.</summary>
    public static IReadOnlyList<IPAddress> Interleave(IReadOnlyList<IPAddress> addresses)
    {
        var distinct = addresses.Select(a => a.IsIPv4MappedToIPv6 ? a.MapToIPv4() : a).Distinct().ToList();
        var (six, four) = (distinct.Where(IsSix).ToList(), distinct.Where(a => !IsSix(a)).ToList());
        return [.. Enumerable.Range(0, Math.Max(six.Count, four.Count)).SelectMany(i => six.Skip(i).Take(1).Concat(four.Skip(i).Take(1)))];
    }

    public static string FamilyOf(IPAddress address) => IsSix(address) && !address.IsIPv4MappedToIPv6 ? "IPv6" : "IPv4";

    /// <summary>Such as "IPv6 and IPv4".</summary>
    public static string Families(IEnumerable<IPAddress> addresses) =>
        string.Join(" and ", addresses.Select(FamilyOf).Distinct().OrderDescending(StringComparer.Ordinal));

    /// <summary>Such as "IPv6 2001:db8::1; IPv4 192.0.2.1, 192.0.2.2".</summary>
    public static string Describe(IEnumerable<IPAddress> addresses) =>
        string.Join("; ", addresses
            .GroupBy(FamilyOf)
            .OrderByDescending(f => f.Key, StringComparer.Ordinal)
            .Select(f => $"{f.Key} {List([.. f])}"));

    /// <summary>The first four, and how many more.</summary>
    public static string List(IReadOnlyList<IPAddress> addresses) =>
        string.Join(", ", addresses.Take(Shown)) + (addresses.Count > Shown ? $" and {addresses.Count - Shown} more" : "");

    private static bool IsSix(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;
}
