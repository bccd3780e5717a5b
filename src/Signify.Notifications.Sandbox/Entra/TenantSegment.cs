namespace Signify.Notifications.Sandbox.Entra;

/// <summary>The tenant in the path: a GUID or something like a domain name.</summary>
internal static class TenantSegment
{
    public static EntraError NotFound(string tenant) =>
        IsWellFormed(tenant) ? EntraError.UnknownTenant(tenant) : EntraError.MalformedTenant(tenant);

    private static bool IsWellFormed(string tenant) =>
        Guid.TryParse(tenant, out _)
        || (tenant.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(tenant) == UriHostNameType.Dns);
}
