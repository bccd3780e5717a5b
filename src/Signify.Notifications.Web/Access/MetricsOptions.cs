using System.ComponentModel.DataAnnotations;
using System.Net;
using IPNetwork = System.Net.IPNetwork;

namespace Signify.Notifications.Web.Access;

/// <summary>Configuration section <c>Telemetry</c>: who may read <c>/metrics</c>.</summary>
public sealed class MetricsOptions : IValidatableObject
{
    /// <summary>Whoever sends it as <c>Authorization: Bearer</c> may read, from everywhere. 16 to 512 characters.</summary>
    [StringLength(512, MinimumLength = 16)]
    public string? MetricsToken { get; set; }

    /// <summary>Addresses or networks ("10.0.0.0/8") that may read without a token; none named, this machine.</summary>
    public IReadOnlyList<string> MetricsNetworks { get; set; } = [];

    internal IReadOnlyList<IPNetwork> Networks => MetricsNetworks.Count == 0
        ? MetricsToken is null ? [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] : []
        : [.. MetricsNetworks.Select(text => Network(text)!.Value)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => MetricsNetworks.Where(text => Network(text) is null).Select(
        text => new ValidationResult($"Telemetry:MetricsNetworks has \"{text}\", which is neither an IP address nor a network such as 10.0.0.0/8."));

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
