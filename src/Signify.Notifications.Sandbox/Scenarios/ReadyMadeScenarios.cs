using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>The states of Microsoft 365 that an administrator meets, most wanted first.</summary>
internal sealed class ReadyMadeScenarios(int smtpPort, int untrustedPort, int blockedPort)
{
    private const string Smtp = "smtp";

    public IReadOnlyList<SandboxScenario> All =>
    [
        Granted("all-granted", "Everything granted", "The check passes over SMTP: consent, Exchange rights and switches are as they should be."),
        With(ReadyMadeApps.GraphOnly, "graph-only", "Graph Mail.Send only", "SMTP is refused, Graph works: the route becomes Graph, with a warning."),
        With(ReadyMadeApps.SecretExpired, "secret-expired", "Secret expired", "Entra refuses the secret because its last day has passed.", "secret-expired"),
        Granted("secret-wrong", "Secret wrong", "Entra refuses a secret that was never issued for this app.", "secret-wrong")
            with { ClientSecret = "Nq48Q~aBc7De2FgHi9JkLm3NoPq6RsTu0VwXyZ51" },
        Granted("unknown-app", "Unknown app", "The Client ID belongs to no app of this tenant.", "client-unknown")
            with { ClientId = "5a1ec0de-4d3b-4b7a-9c15-6f2e803d0aff" },
        Granted("unknown-tenant", "Unknown tenant", "No tenant has this ID.", "tenant-unknown")
            with { TenantId = "99999999-6a5d-4f0c-9e21-7d1c0a4be0ff" },
        With(ReadyMadeApps.NoConsent, "no-consent", "No consent", "Tokens are issued without any permission, and both roads are refused.", "no-permission"),
        With(ReadyMadeApps.ServicePrincipalMissing, "service-principal-missing", "Service principal missing",
            "The permission is consented, but Exchange was never told about the app.", "service-principal-missing") with { Route = Smtp },
        With(ReadyMadeApps.Fabrikam, "smtp-auth-off-tenant", "SMTP AUTH off for the tenant",
            "Everything is granted, but the organisation has switched authenticated SMTP off.", "smtp-auth-disabled-tenant")
            with { Route = Smtp, TenantId = $"{ReadyMadeTenants.FabrikamId}", FromEmail = ReadyMadeTenants.FabrikamSender },
        Granted("smtp-auth-off-mailbox", "SMTP AUTH off for the mailbox", "Everything is granted, but this mailbox has authenticated SMTP switched off.",
            "smtp-auth-disabled-mailbox") with { Route = Smtp, FromEmail = ReadyMadeTenants.SwitchedOff },
        Granted("mailbox-without-licence", "Mailbox without licence", "Sign-in works, the sender is barred because the user has no Exchange licence.",
            "mailbox-barred") with { Route = Smtp, FromEmail = ReadyMadeTenants.Unlicensed },
        Granted("port-587-blocked", "Port 587 blocked", "The connection is refused, as behind a firewall.", "connection-refused")
            with { Route = Smtp, Port = blockedPort },
        Granted("certificate-untrusted", "Certificate untrusted", "The mail server shows a certificate that no trusted authority signed.", "tls-untrusted")
            with { Route = Smtp, Port = untrustedPort },
        .. More,
    ];

    private IEnumerable<SandboxScenario> More =>
    [
        With(ReadyMadeApps.ExchangeRole, "exchange-role", "Granted inside Exchange only",
            "The token carries no permission, yet SMTP works through an Exchange role assignment.") with { Route = Smtp },
        With(ReadyMadeApps.Disabled, "app-disabled", "App disabled", "The enterprise application is switched off.", "app-disabled"),
        With(ReadyMadeApps.PublicClient, "app-public-client", "App is a public client", "The app allows public client flows, so a secret is refused.", "app-public-client"),
        With(ReadyMadeApps.ConditionalAccess, "conditional-access", "Conditional Access", "A policy for workload identities blocks the app.", "conditional-access"),
        With(ReadyMadeApps.Throttled, "entra-throttled", "Entra throttles", "Entra answers 429 and names the seconds to wait.", "entra-throttled"),
        With(ReadyMadeApps.Northwind, "no-exchange-online", "No Exchange Online", "The tenant never had an Exchange plan.", "no-exchange-online")
            with { Route = Smtp, TenantId = $"{ReadyMadeTenants.NorthwindId}", FromEmail = "notifications@northwind.com" },
        With(ReadyMadeApps.Tailspin, "exchange-disabled", "Exchange Online lapsed", "The subscription has ended, so Exchange's tokens are not issued.", "exchange-disabled")
            with { Route = Smtp, TenantId = $"{ReadyMadeTenants.TailspinId}", FromEmail = "notifications@tailspin.com" },
    ];

    private SandboxScenario Granted(string id, string title, string description, string? finding = null) =>
        With(ReadyMadeApps.Granted, id, title, description, finding);

    private SandboxScenario With(SandboxApp app, string id, string title, string description, string? finding = null) => new()
    {
        Id = id,
        Title = title,
        Description = description,
        ExpectedFindingCode = finding,
        Port = smtpPort,
        FromEmail = ReadyMadeTenants.Sender,
        ClientId = $"{app.ClientId}",
        ClientSecret = app.Secret,
        TenantId = $"{ReadyMadeTenants.ContosoId}",
    };
}
