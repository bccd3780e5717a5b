using System.Globalization;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Sandbox;

/// <summary>The sandbox's ready-made values, for "Use these values".</summary>
internal sealed class SandboxValues(SandboxHost sandbox, TimeProvider time) : ISandboxValues
{
    public SettingsInput? Find(string id) => sandbox.Scenarios.FirstOrDefault(s => s.Id == id) is not { } values ? null : new SettingsInput
    {
        ServerName = values.ServerName,
        Port = values.Port.ToString(CultureInfo.InvariantCulture),
        TimeoutSeconds = values.TimeoutSeconds.ToString(CultureInfo.InvariantCulture),
        BatchSize = values.BatchSize,
        FromEmail = values.FromEmail,
        ClientId = values.ClientId,
        ClientSecret = values.ClientSecret,
        SecretExpiresOn = time.GetUtcNow().AddMonths(24).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TenantId = values.TenantId,
        Cloud = values.Cloud,
        Route = values.Route,
    };
}
