using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>The states of Microsoft 365 that an administrator meets, most wanted first.</summary>
internal sealed class ReadyMadeScenarios(int smtpPort, int blockedPort, IReadOnlyDictionary<string, int> doors)
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
        Door("certificate-untrusted", "Certificate untrusted", "The mail server shows a certificate that no trusted authority signed.", "tls-untrusted")
            with { Area = ScenarioArea.Setup },
        .. More,
        .. Fields,
        .. TokenService,
        .. WayToServer,
        .. SmtpReplyFaults.All.Select(Reply),
        .. GraphFaults.All.Select(Answer),
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

    private IEnumerable<SandboxScenario> Fields => new[]
    {
        Granted("secret-is-id", "Secret ID in place of the value", "The secret field holds a GUID: the secret's ID.", "secret-is-id")
            with { ClientSecret = "c0ffee00-1d2e-4f3a-8b4c-5d6e7f8a9b0c" },
        Granted("secret-is-mask", "Dots in place of the secret", "A browser or a colleague pasted the mask.", "secret-is-mask") with { ClientSecret = "••••••••••••" },
        Granted("secret-missing", "No secret", "The secret field is empty and nothing is stored.", "secret-required") with { ClientSecret = "" },
        Granted("client-id-malformed", "Client ID malformed", "The client ID has lost its end.", "client-id-invalid") with { ClientId = "5a1ec0de-4d3b-4b7a-9c15" },
        Granted("tenant-id-malformed", "Tenant ID malformed", "The tenant ID is neither a GUID nor a domain.", "tenant-id-invalid") with { TenantId = "contoso" },
        Granted("tenant-common", "Tenant ID common", "An app signs in to one tenant, never to all.", "tenant-id-invalid") with { TenantId = "common" },
        Granted("ids-the-same", "The same ID twice", "Client ID and Tenant ID hold one value.", "ids-swapped") with { TenantId = $"{ReadyMadeApps.Granted.ClientId}" },
        Granted("ids-swapped", "IDs swapped", "Client ID and Tenant ID stand in each other's field.", "ids-swapped")
            with { TenantId = $"{ReadyMadeApps.Granted.ClientId}", ClientId = $"{ReadyMadeTenants.ContosoId}" },
        Granted("client-id-missing", "No client ID", "The client ID is empty.", "client-id-invalid") with { ClientId = "" },
        Granted("tenant-id-missing", "No tenant ID", "The tenant ID is empty.", "tenant-id-invalid") with { TenantId = "" },
        Granted("ids-swapped-domain", "The domain as the client ID", "Client ID holds the tenant's domain.", "ids-swapped") with { ClientId = "contoso.com" },
        Granted("ids-swapped-secret", "The secret as the client ID", "Client ID and Client Secret stand in each other's field.", "ids-swapped")
            with { ClientId = ReadyMadeApps.Granted.Secret, ClientSecret = $"{ReadyMadeApps.Granted.ClientId}" },
        Granted("from-missing", "No From Email", "From Email is empty.", "from-invalid") with { FromEmail = "" },
        Granted("from-not-ascii", "From Email with other letters", "Tokens sign in with plain letters only.", "from-invalid") with { FromEmail = "m\u00fcller@contoso.com" },
        Granted("value-too-long", "Too long", "A whole page was pasted into a field.", "value-too-long") with { ServerName = new string('x', 300) },
        Granted("route-unknown", "Unknown route", "Mail leaves over SMTP or Graph.", "route-invalid") with { Route = "pigeon" },
        Granted("batch-size-unknown", "Unknown batch size", "There are three sizes.", "batch-size-invalid") with { BatchSize = "huge" },
        Granted("from-malformed", "From Email malformed", "What is typed is no address.", "from-invalid") with { FromEmail = "notifications at contoso.com" },
        Granted("port-out-of-range", "Port out of range", "Ports end at 65535.", "port-invalid") with { Port = 70000 },
        Granted("timeout-out-of-range", "Timeout too short", "Two seconds are no time for a server.", "timeout-invalid") with { TimeoutSeconds = 2 },
        Granted("server-name-missing", "No server name", "The name is only a label, and it is needed.", "server-name-required") with { ServerName = "" },
        Granted("cloud-unknown", "Unknown cloud", "No cloud of this name is configured.", "cloud-unknown") with { Cloud = "Nowhere" },
    }.Select(s => s with { Area = ScenarioArea.Fields });

    private IEnumerable<SandboxScenario> TokenService => ((SandboxScenario[])
    [
        Granted("tenant-other-cloud", "Tenant of another cloud", "The tenant lives in a national cloud.", "tenant-other-cloud") with { TenantId = $"{ReadyMadeTenants.AdatumId}" },
        With(ReadyMadeApps.WrongMailSend, "wrong-mail-send", "Mail.Send of Exchange", "The permission of the same name, of the wrong service.", "exchange-permission-wrong")
            with { Route = Smtp },
        With(ReadyMadeApps.WrongObjectId, "wrong-object-id", "Wrong Object ID", "New-ServicePrincipal was given the app registration's Object ID.", "service-principal-missing")
            with { Route = Smtp },
        With(ReadyMadeApps.WithoutMailboxAccess, "no-mailbox-access", "No access to the mailbox", "The service principal is there, Add-MailboxPermission was never run.",
            "service-principal-missing") with { Route = Smtp },
        Granted("not-a-mailbox", "Not a mailbox", "From Email is an alias or a group.", "service-principal-missing") with { Route = Smtp, FromEmail = "team@contoso.com" },
        With(ReadyMadeApps.OtherAudience, "token-for-another", "Token for another service", "The token is for another service than Exchange.", "sign-in-refused")
            with { Route = Smtp },
        With(ReadyMadeApps.DelegatedToken, "token-delegated", "A user's token", "The token stands for a user, not for the app.", "sign-in-refused") with { Route = Smtp },
        With(ReadyMadeApps.OpaqueToken, "token-opaque", "Token that cannot be read", "Nobody can tell from the token what is granted.", "sign-in-refused")
            with { Route = Smtp },
        With(ReadyMadeApps.NoConsent, "graph-permission-missing", "No permission for Graph", "Route is Graph, and nothing is granted.", "graph-permission-missing") with { Route = "graph" },
        With(ReadyMadeApps.GraphOnly, "graph-only-smtp-chosen", "Set up for Graph, SMTP chosen", "The app has Graph's Mail.Send, and Route is SMTP.", "graph-only") with { Route = Smtp },
        With(ReadyMadeApps.ClockFast, "clock-fast", "Clock fast", "This machine's clock is 17 minutes ahead of Entra's: a warning, and the check passes."),
        Granted("from-domain-elsewhere", "From Email of another tenant", "The domain of From Email belongs to another tenant.", "service-principal-missing")
            with { Route = Smtp, FromEmail = ReadyMadeTenants.FabrikamSender },
        Granted("app-of-another-tenant", "App of another tenant", "The app is registered in the tenant of From Email, not in this one.", "client-unknown")
            with { ClientId = $"{ReadyMadeApps.Fabrikam.ClientId}", ClientSecret = ReadyMadeApps.Fabrikam.Secret, FromEmail = ReadyMadeTenants.FabrikamSender },
        Granted("tenant-and-domain-unknown", "Neither tenant nor domain known", "Tenant ID and the domain of From Email are unknown to this cloud.", "tenant-unknown")
            with { TenantId = "99999999-6a5d-4f0c-9e21-7d1c0a4be0fe", FromEmail = "hr@nobody.example" },
        With(ReadyMadeApps.ClockBehind, "clock-wrong", "Clock wrong", "Entra's clock is 17 minutes ahead of this machine's: a warning, and the check passes."),
        With(ReadyMadeApps.ProxyPage, "proxy-page", "A proxy answers", "A web filter's page comes in place of Entra's answer.", "entra-interfered"),
        With(ReadyMadeApps.CutShort, "answer-cut-short", "Answer cut short", "Entra's answer ends in the middle.", "entra-interfered"),
        With(ReadyMadeApps.EntraSilent, "entra-silent", "Entra says nothing", "The token service takes the request and never answers.", "entra-unreachable") with { TimeoutSeconds = 5 },
        Granted("entra-blocked", "Entra out of reach", "The connection to the token service is refused.", "entra-unreachable") with { Cloud = ScenarioClouds.EntraRefused },
        Granted("entra-host-unknown", "Entra's name not found", "The name server does not know the token service.", "entra-unreachable") with { Cloud = ScenarioClouds.EntraUnknown },
        Granted("entra-intercepted", "Entra intercepted", "Something in between shows its own certificate in Entra's place.", "tls-untrusted") with { Cloud = ScenarioClouds.EntraIntercepted },
        .. EntraFaults.All.Select(Refused),
    ]).Select(s => s with { Area = ScenarioArea.TokenService });

    private IEnumerable<SandboxScenario> WayToServer => new[]
    {
        Granted("mail-host-unknown", "Mail server's name not found", "The name server does not know the mail server.", "name-not-found")
            with { Route = Smtp, Cloud = ScenarioClouds.NameUnknown },
        Door("certificate-expired", "Certificate expired", "The mail server's certificate has ended.", "tls-expired"),
        Door("certificate-wrong-name", "Certificate for another name", "The mail server's certificate names another host.", "tls-wrong-name"),
        Door("tls-version-refused", "TLS version refused", "The mail server takes no version of TLS that this machine offers.", "tls-too-old"),
        Door("tls-too-old", "TLS lowered on the way", "Something in between speaks an old TLS to Exchange.", "tls-too-old"),
        Door("starttls-stripped", "STARTTLS removed", "A firewall takes the offer of encryption away.", "starttls-missing"),
        Door("tokens-not-offered", "Tokens not offered", "Another server answers, one without XOAUTH2.", "xoauth2-not-offered"),
        Door("server-silent", "Server says nothing", "The connection comes about, and no greeting follows.", "connection-timed-out") with { TimeoutSeconds = 5 },
        Door("connection-cut", "Connection cut", "The connection is cut before the greeting.", "link-lost"),
        Door("connection-cut-at-tls", "Connection cut at encryption", "The connection is cut when it is to be encrypted.", "link-lost"),
        Door("connection-cut-at-sign-in", "Connection cut at the sign-in", "The connection is cut when the token comes.", "link-lost"),
        Door("not-a-mail-server", "Not a mail server", "A web server answers on the port.", "not-mail-server"),
        Door("proxy-in-between", "A proxy in between", "What answers does not know EHLO.", "not-mail-server"),
        Door("server-unavailable", "Server unavailable", "Exchange is being serviced.", "server-busy"),
        Door("address-turned-away", "Address turned away", "This machine's public address stands on a block list.", "server-busy"),
    }.Select(s => s with { Area = ScenarioArea.WayToServer });

    private SandboxScenario Refused(EntraFault fault) => With(fault.App, fault.Id, $"AADSTS{fault.Refusal.Code}", fault.Refusal.Text, fault.Finds);

    private SandboxScenario Reply(SmtpReplyFault fault) => Granted(fault.Id, Words(fault.Id), fault.Reply ?? "The connection is cut at this point.", fault.Finds) with
    {
        Area = fault.ShownBy == ScenarioProof.Check ? ScenarioArea.SignIn : ScenarioArea.Sending,
        ShownBy = fault.ShownBy,
        Route = Smtp,
        FromEmail = fault.Address,
    };

    private SandboxScenario Answer(GraphFault fault) =>
        With(ReadyMadeApps.GraphOnly, fault.Id, Words(fault.Id), $"{fault.Status} {fault.Code}: {fault.Message}", fault.Finds) with
        {
            Area = ScenarioArea.Graph,
            ShownBy = ScenarioProof.TestMessage,
            Route = "graph",
            FromEmail = fault.Address,
        };

    private SandboxScenario Door(string id, string title, string description, string finding) =>
        Granted(id, title, description, finding) with { Route = Smtp, Port = doors[id] };

    // "recipient-on-block-list" as a title.
    private static string Words(string id) => string.Concat(id[..1].ToUpperInvariant(), id[1..].Replace('-', ' '));

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
