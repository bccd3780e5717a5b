using Signify.Notifications.Sandbox.Scenarios;

namespace Signify.Notifications.Sandbox.Tenants;

/// <summary>The tenants that the scenarios use. Ids and secrets are constants, so that stored settings survive a restart.</summary>
public static class ReadyMadeTenants
{
    public const string Sender = "notifications@contoso.com";
    public const string Unlicensed = "unlicensed@contoso.com";
    public const string SwitchedOff = "smtp-off@contoso.com";
    public const string FabrikamSender = "notifications@fabrikam.com";

    public static readonly Guid ContosoId = new("3b0f5c1e-6a5d-4f0c-9e21-7d1c0a4be001");
    public static readonly Guid FabrikamId = new("8f4d2a77-91c3-4c55-b0aa-2e6f9d31c002");
    public static readonly Guid NorthwindId = new("c2719e04-5d8e-4b6b-8a3f-60b7f5e2d003");
    public static readonly Guid AdatumId = new("a7c4e5b2-3d91-4f68-b5e0-92d1f7a8c005");
    public static readonly Guid TailspinId = new("e95ab3d1-0f62-47c9-a7d4-1b8c3e70f004");

    public static IReadOnlyList<SandboxTenant> All =>
    [
        Contoso,
        new()
        {
            Id = FabrikamId,
            Name = "Fabrikam",
            Domains = ["fabrikam.onmicrosoft.com", "fabrikam.com"],
            SmtpAuthDisabled = true,
            Mailboxes = [new() { Address = FabrikamSender, DisplayName = "Fabrikam notifications" }],
            Apps = [ReadyMadeApps.Fabrikam],
        },
        new()
        {
            Id = NorthwindId,
            Name = "Northwind",
            Domains = ["northwind.onmicrosoft.com", "northwind.com"],
            HasExchange = false,
            Apps = [ReadyMadeApps.Northwind],
        },
        new()
        {
            Id = AdatumId,
            Name = "Adatum",
            Domains = ["adatum.onmicrosoft.com", "adatum.com"],
            OtherCloud = true,
        },
        new()
        {
            Id = TailspinId,
            Name = "Tailspin",
            Domains = ["tailspin.onmicrosoft.com", "tailspin.com"],
            ExchangeDisabled = true,
            Apps = [ReadyMadeApps.Tailspin],
        },
    ];

    private static SandboxTenant Contoso => new()
    {
        Id = ContosoId,
        Name = "Contoso",
        Domains = ["contoso.onmicrosoft.com", "contoso.com"],
        Mailboxes =
        [
            new() { Address = Sender, DisplayName = "Contoso notifications" },
            new() { Address = "hr@contoso.com", DisplayName = "Contoso HR" },
            new() { Address = Unlicensed, DisplayName = "No licence", State = MailboxState.Unlicensed },
            new() { Address = SwitchedOff, DisplayName = "SMTP AUTH off", SmtpAuthDisabled = true },
            new() { Address = "full@contoso.com", DisplayName = "Full mailbox", State = MailboxState.Full },
            new() { Address = "blocked@contoso.com", DisplayName = "Blocked sender", State = MailboxState.Blocked },
            .. SmtpReplyFaults.Mailboxes,
            .. GraphFaults.Mailboxes,
        ],
        Apps = ReadyMadeApps.Contoso,
    };
}
