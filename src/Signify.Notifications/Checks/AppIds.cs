using System.Text.RegularExpressions;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>The rules for the two IDs of the app, which are easily swapped.</summary>
internal static partial class AppIds
{
    private static readonly string[] Shared = ["common", "organizations", "consumers"];

    /// <summary>The IDs in their normal form: GUIDs in lower case with hyphens.</summary>
    public static (string ClientId, string TenantId) Judge(SettingsInput input, List<Finding> findings)
    {
        var (client, tenant) = (Normal(input.ClientId), Normal(input.TenantId));
        var clientIsGuid = Guid.TryParse(client, out _);
        var tenantIsGuid = Guid.TryParse(tenant, out _);
        if (clientIsGuid && client == tenant)
        {
            findings.Add(FieldFindings.IdsTheSame());
        }
        else if (!clientIsGuid && tenantIsGuid && Domain().IsMatch(client))
        {
            findings.Add(FieldFindings.IdsSwapped());
        }
        else if (client.Length > 0 && !clientIsGuid && Guid.TryParse(input.ClientSecret, out _))
        {
            findings.Add(FieldFindings.SecretAndClientIdSwapped());
        }
        else if (!clientIsGuid)
        {
            findings.Add(FieldFindings.ClientIdInvalid(client.Length == 0));
        }

        if (Shared.Contains(tenant, StringComparer.OrdinalIgnoreCase))
        {
            findings.Add(FieldFindings.TenantIdShared(tenant));
        }
        else if (!tenantIsGuid && !Domain().IsMatch(tenant))
        {
            findings.Add(FieldFindings.TenantIdInvalid(tenant.Length == 0));
        }

        return (client, tenant);
    }

    private static string Normal(string? id) => Guid.TryParse(id, out var guid) ? guid.ToString("D") : id ?? "";

    [GeneratedRegex(@"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
