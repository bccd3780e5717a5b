using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Entra;

internal sealed record TokenGrant(SandboxTenant Tenant, SandboxApp App, TokenResource Resource, bool ByAssertion);
