using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>The table of Entra's AADSTS numbers for an app that signs in as itself. Source: Microsoft's reference of authentication error codes.</summary>
internal static class EntraCauses
{
    private const string Credentials = "Credentials";
    private const string Overview = "Overview";
    private const string Authentication = "Authentication";
    private const string Permissions = "CallAnAPI";

    private static readonly EntraCause SecretWrong = new(FindingCode.SecretWrong,
        "Entra does not accept this client secret.",
        "Paste the secret's value, not its ID: Certificates & secrets, column Value. If nobody kept the value, make a new secret and paste that.",
        SettingsField.ClientSecret, Credentials);

    private static readonly EntraCause SecretExpired = new(FindingCode.SecretExpired,
        "This client secret has expired.",
        "Make a new secret under Certificates & secrets, paste its value here and save. Then delete the old one.",
        SettingsField.ClientSecret, Credentials);

    private static readonly EntraCause SecretMissing = new(FindingCode.SecretRequired,
        "Entra received no client secret it could use.", "Enter the secret's value again.", SettingsField.ClientSecret, Credentials);

    private static readonly EntraCause ClientUnknown = new(FindingCode.ClientUnknown,
        "The tenant does not know an app with this client ID.",
        "Compare both IDs with your app's Overview in the Entra admin center: Application (client) ID and Directory (tenant) ID. The app must be registered in this tenant, or have been consented to there.",
        SettingsField.ClientId, Overview);

    private static readonly EntraCause TenantUnknown = new(FindingCode.TenantUnknown,
        "There is no such tenant in this cloud.",
        "Copy Directory (tenant) ID from your app's Overview in the Entra admin center. If it is right, check the cloud.",
        SettingsField.TenantId, Overview);

    private static readonly EntraCause TenantMalformed = new(FindingCode.TenantIdInvalid,
        "Entra cannot read this tenant ID.", "Copy Directory (tenant) ID from your app's Overview in the Entra admin center.", SettingsField.TenantId, Overview);

    private static readonly EntraCause TenantOtherCloud = new(FindingCode.TenantOtherCloud,
        "This tenant belongs to another cloud of Microsoft.", "Choose the cloud in which you open the Entra admin center.", SettingsField.Cloud);

    private static readonly EntraCause AppDisabled = new(FindingCode.AppDisabled,
        "The app is switched off in this tenant.",
        "In the Entra admin center open Enterprise applications, your app, Properties, and set Enabled for users to sign-in to Yes.",
        SettingsField.ClientId, Overview);

    private static readonly EntraCause AppNotInTenant = new(FindingCode.AppNotInTenant,
        "The app is registered, and the tenant has no enterprise application for it.",
        "Open the app's API permissions and choose Grant admin consent: that creates it.", SettingsField.ClientId, Permissions);

    private static readonly EntraCause AppPublicClient = new(FindingCode.AppPublicClient,
        "The app is registered as a public client, and such an app cannot use a secret.",
        "Open the app's Authentication page and set Allow public client flows to No.", SettingsField.ClientId, Authentication);

    private static readonly EntraCause NoExchangeOnline = new(FindingCode.NoExchangeOnline,
        "The tenant has no Exchange Online, or not in this cloud.",
        "Check the cloud. If it is right, the tenant needs a plan with Exchange Online.", SettingsField.Cloud);

    private static readonly EntraCause ExchangeDisabled = new(FindingCode.ExchangeDisabled,
        "The tenant's Exchange Online is switched off: the subscription lapsed, or somebody disabled the service's application.",
        "Check the subscription in the Microsoft 365 admin center. Then look under Enterprise applications whether Office 365 Exchange Online is enabled.",
        SettingsField.TenantId);

    private static readonly EntraCause GraphUnavailable = new(FindingCode.EntraRefused,
        "The tenant has no Microsoft Graph in this cloud, or it is switched off.",
        "Check the cloud. If it is right, look under Enterprise applications whether Microsoft Graph is enabled.", SettingsField.Cloud);

    private static readonly EntraCause ResourceUnconsented = new(FindingCode.NoPermission,
        "The app may not ask for this service yet.", "Add the permission under API permissions and choose Grant admin consent.", SettingsField.ClientId, Permissions);

    private static readonly EntraCause ConditionalAccess = new(FindingCode.ConditionalAccess,
        "A Conditional Access policy of the tenant blocks the app.",
        "Ask whoever keeps Conditional Access to let this app in from this server's public address. The policy is one for workload identities.",
        SettingsField.ClientId);

    private static readonly EntraCause SecurityDefaults = new(FindingCode.SecurityDefaults,
        "The tenant's security defaults block this sign-in.", "Ask whoever keeps the tenant to replace security defaults by Conditional Access policies, or send over Graph.", SettingsField.TenantId);

    private static readonly EntraCause CertNotRegistered = new(FindingCode.CertNotRegistered,
        "The certificate that signed the request is not registered on the app.", "Upload the certificate's public part under Certificates & secrets.", SettingsField.ClientSecret, Credentials);

    private static readonly EntraCause CertExpired = new(FindingCode.CertExpired,
        "The app's certificate is outside its dates or revoked.", "Make a new certificate and upload its public part under Certificates & secrets.", SettingsField.ClientSecret, Credentials);

    private static readonly EntraCause ClockSkew = new(FindingCode.ClockSkew,
        "Entra finds the request too old or too new: this server's clock is wrong.", "Set the server's clock, best by a time service (NTP).");

    private static readonly EntraCause Throttled = new(FindingCode.EntraThrottled,
        "Entra received too many requests from this app and asks to wait.", "Wait a few minutes, then check again. Look for another program that uses the same app.");

    private static readonly EntraCause Unavailable = new(FindingCode.EntraUnavailable,
        "Entra cannot answer at the moment.", "Check again in a few minutes. If it lasts, look at the service health in the Microsoft 365 admin center.");

    private static readonly EntraCause Refused = new(FindingCode.EntraRefused,
        "Entra refused the request for a reason that this program does not expect.", "Use Copy for support and send it to Microsoft support: it holds the trace ID that they ask for.");

    private static readonly Dictionary<int, EntraCause> ByNumber = new (EntraCause Cause, int[] Numbers)[]
    {
        (SecretWrong, [7000215, 70002, 50126]),
        (SecretExpired, [7000222]),
        (SecretMissing, [7000216, 7000218]),
        (ClientUnknown, [700016, 700011]),
        (TenantUnknown, [90002]),
        (TenantMalformed, [900023, 50059, 50128, 90019, 9001023, 90124, 90130, 50194]),
        (TenantOtherCloud, [90038, 900382, 900432, 90051, 50049]),
        (AppDisabled, [7000112, 70001, 7000113, 1000031]),
        (AppNotInTenant, [7000229]),
        (AppPublicClient, [700025]),
        (NoExchangeOnline, [500011]),
        (ExchangeDisabled, [500014, 50001, 650052, 650054]),
        (ResourceUnconsented, [650057, 650056, 65001]),
        (ConditionalAccess, [53003, 530032, 53011]),
        (SecurityDefaults, [530035]),
        (CertNotRegistered, [700027, 700030, 50012, 700021, 700213, 700211, 70021]),
        (CertExpired, [1000502, 7000274, 7000214, 7000277]),
        (ClockSkew, [700024]),
        (Throttled, [90055, 50196]),
        (Unavailable, [90006, 90012, 90024, 90033, 90090, 50033, 50087, 90091, 50000, 90036]),
        (Refused, [900144, 90013, 90014, 90023, 9002313, 70011, 1002012, 28002, 28003, 700022, 700023, 90009, 700229]),
    }.SelectMany(row => row.Numbers.Select(number => (number, row.Cause))).ToDictionary(pair => pair.number, pair => pair.Cause);

    /// <summary>Never null: an unknown number falls back by the OAuth error and the HTTP status.</summary>
    public static EntraCause For(EntraAnswer answer, TokenResource resource)
    {
        var cause = For(answer);
        // These numbers speak of the service that was asked for, and Graph is not Exchange.
        return resource == TokenResource.Graph && cause.Code is (FindingCode.NoExchangeOnline or FindingCode.ExchangeDisabled) ? GraphUnavailable : cause;
    }

    private static EntraCause For(EntraAnswer answer)
    {
        var known = answer.Codes.Select(code => ByNumber.GetValueOrDefault(code)).FirstOrDefault(cause => cause is not null);
        return known ?? (int)answer.Status switch
        {
            429 => Throttled,
            >= 500 => Unavailable,
            _ => answer.Error switch
            {
                "invalid_client" => SecretWrong,
                "unauthorized_client" => ClientUnknown,
                "invalid_resource" => NoExchangeOnline,
                "access_denied" or "interaction_required" => ConditionalAccess,
                "temporarily_unavailable" or "server_error" => Unavailable,
                _ => Refused,
            },
        };
    }
}
