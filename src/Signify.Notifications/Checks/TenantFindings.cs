using System.Globalization;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;

namespace Signify.Notifications.Checks;

/// <summary>What the token service's word on a tenant, and its clock, mean.</summary>
internal static class TenantFindings
{
    public static Finding Unknown(Cloud cloud) => Causes.TenantUnknown.Told(("cloud", cloud.Label));

    public static Finding Swapped() => Causes.IdsSwappedTenant.Told();

    public static Finding OtherCloud(Cloud cloud) => Causes.TenantOtherCloud.Told(("cloud", cloud.Label));

    /// <param name="ahead">How far the token service's clock is ahead of ours.</param>
    public static Finding ClockSkew(TimeSpan ahead, Cloud cloud) => (ahead > TimeSpan.Zero ? Causes.ClockBehind : Causes.ClockAhead).Told(
        ("minutes", ahead.Duration().TotalMinutes.ToString("0", CultureInfo.InvariantCulture)), ("host", cloud.Authority.Host));
}
