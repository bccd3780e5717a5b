using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// Configuration section <c>Relays</c>: to which addresses the Server Name of a ruleset may lead. The shared relay and the hosts of
/// clouds are the operator's own and not limited by it.
/// </summary>
public sealed class RelayOptions : IValidatableObject
{
    /// <summary>Lets every Server Name lead to this machine and to private networks. Reserved addresses stay refused.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Relays in private networks: a Server Name (<c>relay.contoso.local</c>), an address, or a network (<c>10.1.2.0/24</c>).</summary>
    public IList<string> Hosts { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Hosts.Where(h => !IsHost(h)).Select(h => new ValidationResult(
            $"Relays:Hosts has \"{h}\": an entry must be a host name, an IP address or a network such as 10.1.2.0/24.", [nameof(Hosts)]));

    private static bool IsHost(string? entry) =>
        IPNetwork.TryParse(entry, out _) || Uri.CheckHostName(entry) is not (UriHostNameType.Unknown or UriHostNameType.Basic);
}
