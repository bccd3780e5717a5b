using System.Collections.Immutable;

namespace Signify.Notifications.Sandbox.Tenants;

/// <summary>The tenants of the sandbox. Thread-safe; a change holds from the next request on.</summary>
public sealed class SandboxDirectory(IEnumerable<SandboxTenant> tenants)
{
    private ImmutableList<SandboxTenant> _tenants = [.. tenants];

    public IReadOnlyList<SandboxTenant> Tenants => _tenants;

    /// <summary>Adds the tenant, or replaces the one with its id.</summary>
    public void Put(SandboxTenant tenant) =>
        ImmutableInterlocked.Update(ref _tenants, all => all.RemoveAll(other => other.Id == tenant.Id).Add(tenant));

    /// <summary>By GUID or verified domain, as in the authority.</summary>
    public SandboxTenant? FindTenant(string idOrDomain) => Guid.TryParse(idOrDomain, out var id)
        ? FindTenant(id)
        : _tenants.Find(tenant => tenant.Domains.Contains(idOrDomain, StringComparer.OrdinalIgnoreCase));

    public SandboxTenant? FindTenant(Guid id) => _tenants.Find(tenant => tenant.Id == id);
}
