using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>
/// An empty secret field keeps the stored secret, but only while it goes to the same place: else pointing the form at a
/// stranger's server would hand the secret over.
/// </summary>
internal static class KeptSecrets
{
    public static SecretText? ClientSecret(SettingsInput input, SettingsRevision? kept, NotificationSettings? keptOpen, List<Finding> findings)
    {
        if (input.ClientSecret is { Length: > 0 } typed)
        {
            return Typed(SettingsField.ClientSecret, typed, findings);
        }

        var changed = kept?.ClientSecret is null ? null : Moved(input, kept);
        return Kept(SettingsField.ClientSecret, changed, keptOpen?.ClientSecret, findings);
    }

    /// <summary>Not needed: null when there is none, or when it is taken away.</summary>
    public static SecretText? Standby(SettingsInput input, SettingsRevision? kept, NotificationSettings? keptOpen, List<Finding> findings) => input switch
    {
        { RemoveStandbySecret: true } => null,
        { StandbySecret.Length: > 0 } => Typed(SettingsField.StandbySecret, input.StandbySecret, findings),
        _ when kept?.StandbySecret is null => null,
        _ => Kept(SettingsField.StandbySecret, Moved(input, kept), keptOpen?.StandbySecret, findings),
    };

    public static SecretText? Password(SettingsInput input, SettingsRevision? kept, NotificationSettings? keptOpen, List<Finding> findings)
    {
        if (input.Password is { Length: > 0 } typed)
        {
            return Typed(SettingsField.Password, typed, findings);
        }

        var changed =
            kept?.Password is null ? null
            : !Same(kept.ServerName, input.ServerName) ? "Server Name"
            : !Same(kept.UserName, input.UserName) ? "User Name"
            : "";
        return Kept(SettingsField.Password, changed, keptOpen?.Password, findings);
    }

    private static SecretText? Typed(string field, string typed, List<Finding> findings)
    {
        if (typed.All(c => c is '*' or '•' or '●' or '·' or '.' or '∙'))
        {
            findings.Add(FieldFindings.SecretIsMask(field));
        }
        else if (field != SettingsField.Password && Guid.TryParse(typed, out _))
        {
            findings.Add(FieldFindings.SecretIsId(field));
        }
        else if (typed.Length > 1000)
        {
            findings.Add(FieldFindings.TooLong(field, 1000));
        }

        return new SecretText(typed);
    }

    /// <param name="changed">Null when nothing is stored, "" when everything is as it was, else the label of what changed.</param>
    private static SecretText? Kept(string field, string? changed, SecretText? stored, List<Finding> findings)
    {
        if (changed != "")
        {
            findings.Add(FieldFindings.SecretRequired(field, changed));
            return null;
        }

        if (stored is null)
        {
            findings.Add(KeyRingFindings.Lost(field));
        }

        return stored;
    }

    /// <summary>The label of what makes it another app, or another place to sign in to; "" when all is as it was.</summary>
    private static string Moved(SettingsInput input, SettingsRevision kept) =>
        !Same(kept.TenantId, input.TenantId) ? "Tenant ID"
        : !Same(kept.ClientId, input.ClientId) ? "Client ID"
        : !Same(kept.Cloud, input.Cloud) ? "Cloud"
        : "";

    private static bool Same(string? stored, string? typed) => string.Equals(stored ?? "", typed ?? "", StringComparison.OrdinalIgnoreCase);
}
