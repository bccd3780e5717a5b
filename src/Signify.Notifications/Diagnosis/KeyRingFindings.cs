using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <summary>A stored secret cannot be opened: told by the form, by the check and by whoever sends.</summary>
internal static class KeyRingFindings
{
    public static Finding Lost(string field) => (field switch
    {
        SettingsField.Password => Causes.KeyRingLostPassword,
        SettingsField.StandbySecret => Causes.KeyRingLostStandby,
        SettingsField.ClientCertificate => Causes.KeyRingLostCert,
        _ => Causes.KeyRingLostSecret,
    }).Told();
}
