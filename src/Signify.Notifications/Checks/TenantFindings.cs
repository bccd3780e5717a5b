using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What the token service's word on a tenant, and its clock, mean.</summary>
internal static class TenantFindings
{
    public static Finding Unknown(Cloud cloud) => new(FindingCode.TenantUnknown,
        $"There is no such tenant in the cloud {cloud.Label}.",
        "Copy Directory (tenant) ID from your app's Overview in the Entra admin center. If it is right, check the cloud.")
    { Field = SettingsField.TenantId };

    public static Finding Swapped() => new(FindingCode.IdsSwapped,
        "Client ID and Tenant ID are swapped: the client ID is a tenant, and the tenant ID is not.",
        "Exchange the two values.")
    { Field = SettingsField.TenantId };

    public static Finding OtherCloud(Cloud cloud) => new(FindingCode.TenantOtherCloud,
        $"This tenant belongs to another cloud than {cloud.Label}.", "Choose the cloud in which you open the Entra admin center.")
    { Field = SettingsField.Cloud };

    public static Finding ClockSkew(TimeSpan ahead, Cloud cloud) => new Finding(FindingCode.ClockSkew,
        $"This server's clock is {ahead.Duration().TotalMinutes:0} minutes {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} the one of {cloud.Authority.Host}.",
        "Set the server's clock, best by a time service (NTP): sign-ins fail when it is wrong.").AsWarning();
}
