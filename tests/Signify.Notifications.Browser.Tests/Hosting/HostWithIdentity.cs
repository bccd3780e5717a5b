namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>A program on a host that could vouch for it, as Kubernetes does.</summary>
public sealed class HostWithIdentity : SharedProgram
{
    protected override IReadOnlyList<(string Key, string Value)> Settings => [("AZURE_FEDERATED_TOKEN_FILE", "/var/run/secrets/token"), ("AZURE_CLIENT_ID", "5a1ec0de-4d3b-4b7a-9c15-6f2e803d0a11")];
}
