using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Diagnosis;

/// <content>What Entra answers to the app, and why it may not answer at all.</content>
public static partial class Causes
{
    public static readonly Cause TenantUnknown = new("tenant-unknown", FindingCode.TenantUnknown)
    {
        Field = SettingsField.TenantId,
        Page = PortalPage.AppOverview,
    };

    public static readonly Cause TenantIsDomains = new("tenant-is-domains", FindingCode.TenantIdInvalid)
    {
        Field = SettingsField.TenantId,
        Page = PortalPage.AppOverview,
        Certainty = Certainty.Possible,
        TellApart = "tenant-is-domains",
    };

    public static readonly Cause TenantPerhapsElsewhere = new("tenant-perhaps-elsewhere", FindingCode.TenantOtherCloud)
    {
        Field = SettingsField.Cloud,
        Certainty = Certainty.Possible,
        TellApart = "cloud",
    };

    public static readonly Cause IdsSwappedTenant = new("ids-swapped-tenant", FindingCode.IdsSwapped) { Field = SettingsField.TenantId };

    public static readonly Cause TenantMalformed = new("tenant-malformed", FindingCode.TenantIdInvalid)
    {
        Field = SettingsField.TenantId,
        Page = PortalPage.AppOverview,
    };

    public static readonly Cause TenantOtherCloud = new("tenant-other-cloud", FindingCode.TenantOtherCloud) { Field = SettingsField.Cloud };

    public static readonly Cause ClientUnknown = new("client-unknown", FindingCode.ClientUnknown)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppOverview,
        TellApart = "client-overview",
    };

    public static readonly Cause ClientOfOtherTenant = new("client-of-other-tenant", FindingCode.TenantIdInvalid)
    {
        Field = SettingsField.TenantId,
        Page = PortalPage.AppOverview,
        Certainty = Certainty.Possible,
    };

    public static readonly Cause ClientNotConsented = new("client-not-consented", FindingCode.AppNotInTenant)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        Certainty = Certainty.Possible,
        TakesTime = true,
    };

    public static readonly Cause SecretWrong = new("secret-wrong", FindingCode.SecretWrong)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause SecretExpired = new("secret-expired", FindingCode.SecretExpired)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause SecretNotReceived = new("secret-not-received", FindingCode.SecretRequired)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause AppDisabled = new("app-disabled", FindingCode.AppDisabled)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppOverview,
    };

    public static readonly Cause AppNotAccessible = new("app-not-accessible", FindingCode.AppDisabled)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppOverview,
    };

    public static readonly Cause AppNotInTenant = new("app-not-in-tenant", FindingCode.AppNotInTenant)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        TakesTime = true,
    };

    public static readonly Cause AppPublicClient = new("app-public-client", FindingCode.AppPublicClient)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppAuthentication,
    };

    public static readonly Cause NoExchangeOnline = new("no-exchange-online", FindingCode.NoExchangeOnline) { Field = SettingsField.Cloud };

    public static readonly Cause ExchangeDisabled = new("exchange-disabled", FindingCode.ExchangeDisabled) { Field = SettingsField.TenantId };

    public static readonly Cause GraphNotInTenant = new("graph-not-in-tenant", FindingCode.EntraRefused) { Field = SettingsField.Cloud };

    public static readonly Cause PermissionNotConsented = new("permission-not-consented", FindingCode.NoPermission)
    {
        Field = SettingsField.ClientId,
        Page = PortalPage.AppPermissions,
        TakesTime = true,
    };

    public static readonly Cause ConditionalAccess = new("conditional-access", FindingCode.ConditionalAccess) { Field = SettingsField.ClientId };

    public static readonly Cause TenantInactive = new("tenant-inactive", FindingCode.TenantInactive) { Field = SettingsField.TenantId };

    public static readonly Cause TenantRestricted = new("tenant-restricted", FindingCode.TenantRestricted) { Field = SettingsField.TenantId };

    public static readonly Cause ProxyRefused = new("proxy-refused", FindingCode.ProxyRefused);

    public static readonly Cause ProxySignIn = new("proxy-sign-in", FindingCode.ProxyRefused);

    public static readonly Cause AppAtRisk = new("app-at-risk", FindingCode.ConditionalAccess)
    {
        Field = SettingsField.ClientId,
        Certainty = Certainty.Likely,
    };

    public static readonly Cause SecurityDefaultsToken = new("security-defaults-token", FindingCode.SecurityDefaults)
    {
        Field = SettingsField.TenantId,
    };

    public static readonly Cause CertNotRegistered = new("cert-not-registered", FindingCode.CertNotRegistered)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
        TakesTime = true,
    };

    public static readonly Cause CertNotAccepted = new("cert-not-accepted", FindingCode.CertNotRegistered)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause CertOfOtherApp = new("cert-of-other-app", FindingCode.CertNotRegistered)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppOverview,
    };

    public static readonly Cause FederationNotMatched = new("federation-not-matched", FindingCode.CertNotRegistered)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause CertExpired = new("cert-expired", FindingCode.CertExpired)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause CertRevoked = new("cert-revoked", FindingCode.CertExpired)
    {
        Field = SettingsField.ClientSecret,
        Page = PortalPage.AppSecrets,
    };

    public static readonly Cause ClockRefused = new("clock-refused", FindingCode.ClockSkew);

    public static readonly Cause ClockBehind = new("clock-behind", FindingCode.ClockSkew) { Severity = FindingSeverity.Warning };

    public static readonly Cause ClockAhead = new("clock-ahead", FindingCode.ClockSkew) { Severity = FindingSeverity.Warning };

    public static readonly Cause EntraThrottled = new("entra-throttled", FindingCode.EntraThrottled);

    public static readonly Cause EntraThrottledFor = new("entra-throttled-for", FindingCode.EntraThrottled);

    public static readonly Cause EntraUnavailable = new("entra-unavailable", FindingCode.EntraUnavailable);

    public static readonly Cause EntraFault = new("entra-fault", FindingCode.EntraUnavailable);

    public static readonly Cause EntraRequestMalformed = new("entra-request-malformed", FindingCode.EntraRefused);

    public static readonly Cause EntraScopeRefused = new("entra-scope-refused", FindingCode.EntraRefused);

    public static readonly Cause EntraUserFlow = new("entra-user-flow", FindingCode.EntraRefused);

    public static readonly Cause FederationNotApp = new("federation-not-app", FindingCode.EntraRefused);

    public static readonly Cause EntraRefused = new("entra-refused", FindingCode.EntraRefused);

    public static readonly Cause EntraInterfered = new("entra-interfered", FindingCode.EntraInterfered);

    public static readonly Cause EntraRequestUnmade = new("entra-request-unmade", FindingCode.EntraRefused);

    public static readonly Cause EntraNameNotFound = new("entra-name-not-found", FindingCode.EntraUnreachable);

    public static readonly Cause EntraConnectionRefused = new("entra-connection-refused", FindingCode.EntraUnreachable);

    public static readonly Cause EntraSilent = new("entra-silent", FindingCode.EntraUnreachable);

    public static readonly Cause EntraTlsFailed = new("entra-tls-failed", FindingCode.EntraUnreachable);

    public static readonly Cause EntraConnectionBroken = new("entra-connection-broken", FindingCode.EntraUnreachable);

    public static readonly Cause EntraLate = new("entra-late", FindingCode.EntraUnreachable);

    public static readonly Cause EntraLateSending = new("entra-late-sending", FindingCode.EntraUnreachable);
}
