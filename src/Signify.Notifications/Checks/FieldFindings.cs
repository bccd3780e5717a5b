using System.Globalization;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What the offline rules find, as entries of the table of causes.</summary>
internal static class FieldFindings
{
    /// <param name="label">The name is a label only, as the host comes from the cloud.</param>
    public static Finding ServerNameRequired(bool label) => (label ? Causes.ServerNameRequiredLabel : Causes.ServerNameRequiredHost).Told();

    public static Finding ServerNameInvalid(string name) => Causes.ServerNameInvalid.Told(("name", name));

    public static Finding ServerNameForeign(string why, bool label) =>
        (label ? Causes.ServerNameForeignLabel : Causes.ServerNameForeignHost).Told(("why", why));

    public static Finding PortInvalid() => Causes.PortInvalid.Told();

    public static Finding PortNotOffered() => Causes.PortNotOffered.Told();

    public static Finding PortUnusual(int port) => Causes.PortUnusual.Told(("port", Number(port)));

    public static Finding TimeoutInvalid() => Causes.TimeoutInvalid.Told();

    public static Finding BatchSizeInvalid() => Causes.BatchSizeInvalid.Told();

    public static Finding RouteInvalid() => Causes.RouteInvalid.Told();

    public static Finding FromRequired() => Causes.FromMissing.Told();

    public static Finding FromInvalid() => Causes.FromInvalid.Told();

    public static Finding FromDefaultDomain() => Causes.FromDefaultDomain.Told();

    public static Finding FromNotAscii() => Causes.FromNotAscii.Told();

    public static Finding UserNameRequired() => Causes.UserNameMissing.Told();

    public static Finding ClientIdInvalid(bool empty) => (empty ? Causes.ClientIdMissing : Causes.ClientIdInvalid).Told();

    public static Finding TenantIdInvalid(bool empty) => (empty ? Causes.TenantIdMissing : Causes.TenantIdInvalid).Told();

    public static Finding TenantIdShared(string name) => Causes.TenantIdShared.Told(("name", name));

    public static Finding IdsTheSame() => Causes.IdsTheSame.Told();

    public static Finding IdsSwapped() => Causes.IdsSwappedDomain.Told();

    public static Finding SecretAndClientIdSwapped() => Causes.IdsSwappedSecret.Told();

    /// <param name="changed">What the stored secret belonged to and no longer does; null when none is stored.</param>
    public static Finding SecretRequired(string field, string? changed) => (changed is { } moved
        ? Of(field, Causes.StoredSecretUnused, Causes.StoredStandbyUnused, Causes.StoredPasswordUnused).Told(("changed", moved))
        : Of(field, Causes.SecretMissing, Causes.SecretMissing, Causes.PasswordMissing).Told()) with
    { Field = field };

    public static Finding SecretIsId(string field) => Causes.SecretIsId.Told() with { Field = field };

    public static Finding SecretIsMask(string field) => Of(field, Causes.SecretIsMask, Causes.StandbyIsMask, Causes.PasswordIsMask).Told();

    public static Finding BasicAuthRetired() => Causes.BasicAuthEnding.Told();

    public static Finding SharedRelayMissing() => Causes.SharedRelayMissing.Told();

    public static Finding TooLong(string field, int limit) =>
        Causes.ValueTooLong.Told(("field", SettingsField.Label(field)), ("limit", Number(limit))) with { Field = field };

    private static Cause Of(string field, Cause secret, Cause standby, Cause password) => field switch
    {
        SettingsField.Password => password,
        SettingsField.StandbySecret => standby,
        _ => secret,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
