using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Exchange;

internal sealed record SignedInMailbox(SandboxTenant Tenant, SandboxApp App, SandboxMailbox Mailbox)
{
    public bool MaySendAs(string address) =>
        string.Equals(address, Mailbox.Address, StringComparison.OrdinalIgnoreCase)
        || App.SendAs.Contains(address, StringComparer.OrdinalIgnoreCase);
}
