using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What the offline rules say, one place per cause.</summary>
internal static class FieldFindings
{
    public static Finding ServerNameRequired(bool label) => On(SettingsField.ServerName, FindingCode.ServerNameRequired,
        "The server has no name yet.",
        label ? "Type any name you will recognise, such as HR notifications. The host comes from the cloud." : "Type the host name of your mail server.");

    public static Finding ServerNameInvalid(string name) => On(SettingsField.ServerName, FindingCode.ServerNameInvalid,
        $"\"{name}\" is not a host name.",
        "Type the host name or IP address alone, such as mail.contoso.com. The port has its own field.");

    public static Finding ServerNameForeign(string why, bool label) => On(SettingsField.ServerName, FindingCode.ServerNameForeign,
        why,
        label ? "It does no harm: with tokens this name is only a label. Choose another one to avoid confusion." : "Ask who runs your mail which host accepts mail for sending.").AsWarning();

    public static Finding PortInvalid() => On(SettingsField.Port, FindingCode.PortInvalid,
        "The port is a number from 1 to 65535.", "Type 587, unless you know that your server uses another one.");

    public static Finding PortNotOffered() => On(SettingsField.Port, FindingCode.PortInvalid,
        "Exchange Online does not accept mail on port 465.", "Type 587.");

    public static Finding PortUnusual(int port) => On(SettingsField.Port, FindingCode.PortInvalid,
        $"Exchange Online expects mail on port 587, and {port} is set.", "Type 587, unless your network redirects the port.").AsWarning();

    public static Finding TimeoutInvalid() => On(SettingsField.TimeoutSeconds, FindingCode.TimeoutInvalid,
        "The timeout is a number of seconds from 5 to 600.", "Type 120, the recommended value.");

    public static Finding BatchSizeInvalid() => On(SettingsField.BatchSize, FindingCode.BatchSizeInvalid,
        "The batch size is small, medium or large.", "Choose Medium, the recommended size.");

    public static Finding RouteInvalid() => On(SettingsField.Route, FindingCode.RouteInvalid,
        "The route is automatic, smtp or graph.", "Choose Automatic, the recommended route.");

    public static Finding CloudUnknown(string name, IEnumerable<string> known) => On(SettingsField.Cloud, FindingCode.CloudUnknown,
        $"There is no cloud named \"{name}\".", $"Choose one of {string.Join(", ", known)}. The operator adds others in the configuration under Clouds.");

    public static Finding FromRequired() => On(SettingsField.FromEmail, FindingCode.FromInvalid,
        "The address to send from is empty.", "Type the address of the mailbox that sends, such as hr@contoso.com.");

    public static Finding FromInvalid() => On(SettingsField.FromEmail, FindingCode.FromInvalid,
        "This is not an e-mail address.", "Type one plain address, such as hr@contoso.com, without a name or brackets.");

    public static Finding FromNotAscii() => On(SettingsField.FromEmail, FindingCode.FromInvalid,
        "Microsoft 365 signs in with plain letters only, and this address has others.", "Type the mailbox's primary address, which uses the letters a to z.");

    public static Finding UserNameRequired() => On(SettingsField.UserName, FindingCode.UserNameRequired,
        "The user name is empty.", "Type the name that signs in at your mail server, or turn Credentials Required off.");

    public static Finding ClientIdInvalid(bool empty) => On(SettingsField.ClientId, FindingCode.ClientIdInvalid,
        empty ? "The client ID is empty." : "A client ID has the form 12345678-abcd-1234-abcd-123456789abc, and this has not.",
        "In the Entra admin center open App registrations, your app, Overview, and copy Application (client) ID.");

    public static Finding TenantIdInvalid(bool empty) => On(SettingsField.TenantId, FindingCode.TenantIdInvalid,
        empty ? "The tenant ID is empty." : "A tenant ID is a GUID, or a domain of the tenant such as contoso.onmicrosoft.com.",
        "In the Entra admin center open App registrations, your app, Overview, and copy Directory (tenant) ID.");

    public static Finding TenantIdShared(string name) => On(SettingsField.TenantId, FindingCode.TenantIdInvalid,
        $"\"{name}\" stands for every tenant, and an app signs in to its own.",
        "Copy Directory (tenant) ID from your app's Overview in the Entra admin center.");

    public static Finding IdsTheSame() => On(SettingsField.TenantId, FindingCode.IdsSwapped,
        "Client ID and Tenant ID are the same value, and they never are.",
        "Your app's Overview in the Entra admin center shows both: copy Application (client) ID and Directory (tenant) ID into their own fields.");

    public static Finding IdsSwapped() => On(SettingsField.ClientId, FindingCode.IdsSwapped,
        "Client ID and Tenant ID look swapped: the client ID is a domain.",
        "Copy Application (client) ID into Client ID and Directory (tenant) ID into Tenant ID.");

    public static Finding SecretAndClientIdSwapped() => On(SettingsField.ClientId, FindingCode.IdsSwapped,
        "Client ID and Client Secret look swapped: the secret is a GUID and the client ID is not.",
        "Copy Application (client) ID into Client ID, and the secret's Value into Client Secret.");

    public static Finding SecretRequired(string field, string? changed) => On(field, FindingCode.SecretRequired,
        changed is null ? "Nothing is stored yet." : $"{changed} changed, so the stored {Noun(field)} is not used: it belongs to the old one.",
        field == SettingsField.Password ? "Enter the password." : "Enter the secret's value. If nobody kept it, make a new one under Certificates & secrets.");

    public static Finding SecretIsId() => On(SettingsField.ClientSecret, FindingCode.SecretIsId,
        "This is the secret's ID.",
        "Paste its value: under Certificates & secrets the column Value, not the column Secret ID. The value is shown only once, right after the secret is made; if it is gone, make a new secret.");

    public static Finding SecretIsMask(string field) => On(field, FindingCode.SecretIsMask,
        $"These are dots or stars in the place of a {Noun(field)}.", $"Enter the {Noun(field)} itself, or leave the field empty to keep the stored one.");

    public static Finding KeyRingLost(string field) => On(field, FindingCode.KeyRingLost,
        $"The stored {Noun(field)} cannot be read: the key ring that protects it is gone or is another one.",
        $"Enter the {Noun(field)} again and save. Or put the folder \"keys\" back from a backup and start the program again.");

    public static Finding SecretExpiryInvalid() => On(SettingsField.SecretExpiresOn, FindingCode.SecretExpiryInvalid,
        "This is not a date.", "Type the date as year-month-day, such as 2028-11-12, or leave it empty.");

    public static Finding SecretExpiryPast() => On(SettingsField.SecretExpiresOn, FindingCode.SecretExpired,
        "This date has passed.", "If the secret was replaced, enter the new one's date.").AsWarning();

    public static Finding BasicAuthRetired() => On(SettingsField.TokenBasedAuthentication, FindingCode.BasicAuthRetired,
        "Microsoft 365 is giving up user name and password for sending mail: it turns them off by default at the end of December 2026.",
        "Turn Token-Based Authentication on and follow the set-up guide.").AsWarning();

    public static Finding SharedRelayMissing() => On(SettingsField.UseOwnSmtpDetails, FindingCode.SharedRelayMissing,
        "No shared relay is set up on this installation.",
        "Turn Use Own SMTP Details on and enter your own, or ask the operator to configure SharedRelay.");

    public static Finding TooLong(string field, int limit) => On(field, FindingCode.ValueTooLong,
        $"{SettingsField.Label(field)} is longer than {limit} characters.", "Check what was pasted into this field.");

    private static string Noun(string field) => field switch
    {
        SettingsField.Password => "password",
        SettingsField.StandbySecret => "standby secret",
        SettingsField.ClientCertificate => "certificate",
        _ => "client secret",
    };

    private static Finding On(string field, FindingCode code, string message, string remedy) => new(code, message, remedy) { Field = field };
}
