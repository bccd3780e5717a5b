using System.Net;
using Microsoft.Extensions.Options;
using Signify.Notifications.Findings;
using Signify.Notifications.Network;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// Judges the addresses of a Server Name at each connection. An administrator of a ruleset chooses the name and this machine connects,
/// so it must not open what only this machine reaches: docs/decisions/0033.
/// </summary>
public sealed class RelayAddresses(IOptions<RelayOptions> options)
{
    private readonly bool _allowPrivate = options.Value.AllowPrivateNetworks;
    private readonly string[] _hosts = [.. options.Value.Hosts.Select(h => h.Trim().TrimEnd('.'))];
    private readonly IPNetwork[] _networks = [.. options.Value.Hosts.Select(Network).OfType<IPNetwork>()];

    /// <returns>Those that may be connected to; one at least.</returns>
    /// <exception cref="TransportUnavailableException">None may be.</exception>
    public IPAddress[] Permitted(SmtpEndpoint endpoint, IReadOnlyList<IPAddress> addresses)
    {
        if (!endpoint.IsChosenByRuleset || addresses.Count == 0)
        {
            return [.. addresses];
        }

        IPAddress[] permitted = [.. addresses.Where(a => IsPermitted(endpoint.Host, a))];
        return permitted.Length > 0
            ? permitted
            : throw new TransportUnavailableException(addresses.Any(a => AddressClasses.Classify(a) == AddressClass.Private)
                ? SmtpFindings.PrivateAddress(endpoint)
                : SmtpFindings.ReservedAddress(endpoint));
    }

    private bool IsPermitted(string host, IPAddress address) => AddressClasses.Classify(address) switch
    {
        AddressClass.Public => true,
        AddressClass.Private => _allowPrivate || _hosts.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
            || _networks.Any(n => n.Contains(AddressClasses.Unwrap(address))),
        _ => false,
    };

    private static IPNetwork? Network(string entry) =>
        IPNetwork.TryParse(entry, out var network) ? network
        : IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
