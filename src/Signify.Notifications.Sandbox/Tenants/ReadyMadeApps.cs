using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Scenarios;

namespace Signify.Notifications.Sandbox.Tenants;

/// <summary>The apps of the ready-made tenants. The secrets open nothing but this sandbox: they are pretend, and public.</summary>
public static class ReadyMadeApps
{
    public static readonly SandboxApp Granted = Grant(
        New(0x11, "Signify notifications", "qK78Q~bN4vT0pXe2LmW9sRz1YcA6uJdH5gFoKwPi"),
        [
            ReadyMadeTenants.Sender, ReadyMadeTenants.Unlicensed, ReadyMadeTenants.SwitchedOff, "full@contoso.com", "blocked@contoso.com",
            .. SmtpReplyFaults.All.Select(fault => fault.Address),
        ]) with
    {
        SecondSecret = "uF68Q~kX3dPz7NwVbR1sQm5YtLc9HjEg0AoIeTf2",
        FederatedSubject = "system:serviceaccount:signify:notifications",
    };

    public static readonly SandboxApp GraphOnly =
        New(0x12, "Signify (Graph only)", "Zt58Q~cVw3Yh7RkD1nBsE6oPq0LxMjU9aGfT2iCe") with { GraphRoles = ["Mail.Send"] };

    public static readonly SandboxApp SecretExpired = Granted with
    {
        ClientId = ClientId(0x13),
        ObjectId = ObjectId(0x13),
        ExchangeServicePrincipal = ObjectId(0x13),
        Name = "Signify (secret expired)",
        Secret = "mD38Q~xG5kHs2WqLz8RvYt4JcN0bPfAe7UoKi1Ew",
        SecretExpired = true,
    };

    public static readonly SandboxApp NoConsent =
        New(0x14, "Signify (no consent)", "Rp98Q~fLe1Xo6VbUj3MdKz7TgWs0NhYc5AqC8iHt");

    public static readonly SandboxApp ServicePrincipalMissing =
        New(0x15, "Signify (not in Exchange)", "Hv68Q~wJm9Cr4TzEn2XkPb5LdSg1YoQa3FuI7eVs") with { ExchangeRoles = ["SMTP.SendAsApp"] };

    public static readonly SandboxApp ExchangeRole =
        New(0x16, "Signify (Exchange role)", "Bn48Q~tRd6Pz1KqXg8YwHs3MvJc0LfEo7UaTi5Ck") with
        {
            ExchangeServicePrincipal = ObjectId(0x16),
            SmtpByExchangeRole = [ReadyMadeTenants.Sender],
        };

    public static readonly SandboxApp Disabled =
        New(0x17, "Signify (disabled)", "Ys18Q~hNx7Wc3GkVp5TbLm9RdZj0EqFa2UoJi6Pt") with { Disabled = true };

    public static readonly SandboxApp PublicClient =
        New(0x18, "Signify (public client)", "Kc88Q~pTs2Lv9HzNw4XgRb6MdYj1EqJa0UoFi3Vt") with { PublicClient = true };

    public static readonly SandboxApp ConditionalAccess =
        New(0x19, "Signify (conditional access)", "Wg28Q~nVk5Rt8XcMz0PbHs7LdYj4EqTa1UoGi9Cf") with { BlockedByConditionalAccess = true };

    public static readonly SandboxApp Throttled =
        New(0x1A, "Signify (throttled)", "Ej78Q~yLb3Vn6TkCx1RwGs9MdPz0HqYa5UoKi2Jt") with { Throttled = true };

    public static readonly SandboxApp Fabrikam =
        Grant(New(0x21, "Fabrikam notifications", "Lx58Q~rWm1Kt7VzPc9HbNs2GdYj6EqXa4UoRi0Ft"), ReadyMadeTenants.FabrikamSender);

    public static readonly SandboxApp Northwind = New(0x31, "Northwind notifications", "Tz08Q~vHk8Wm2XcLp6RbGs1NdYj3EqPa9UoTi7Kt");

    public static readonly SandboxApp Tailspin = New(0x41, "Tailspin notifications", "Px98Q~kGv4Nt0WzRc7HbMs5LdYj2EqVa8UoPi3Xt");

    /// <summary>Consented to the Mail.Send of Exchange, which is not Graph's.</summary>
    public static readonly SandboxApp WrongMailSend =
        New(0x1B, "Signify (wrong Mail.Send)", "Qd68Q~mXs9Rk4TzBn1VgHc7LpYj2EwFa5UoKi0Dt") with { ExchangeRoles = ["Mail.Send"] };

    /// <summary>New-ServicePrincipal was given the Object ID of the app registration.</summary>
    public static readonly SandboxApp WrongObjectId =
        New(0x1C, "Signify (wrong Object ID)", "Fv38Q~bRw6Kz0YcMs8TnHp4LdGj1EqXa3UoNi7Rt") with
        {
            ExchangeRoles = ["SMTP.SendAsApp"],
            ExchangeServicePrincipal = ObjectId(0xFC),
            FullAccess = [ReadyMadeTenants.Sender],
        };

    /// <summary>The service principal is there; nobody ran Add-MailboxPermission.</summary>
    public static readonly SandboxApp WithoutMailboxAccess =
        New(0x1D, "Signify (no mailbox access)", "Lk78Q~hVn2Xc5RzGw9TbMs0PdYj6EqCa4UoFi1Kt") with
        {
            ExchangeRoles = ["SMTP.SendAsApp"],
            ExchangeServicePrincipal = ObjectId(0x1D),
        };

    public static readonly SandboxApp OtherAudience = Granted with
    {
        ClientId = ClientId(0x1E),
        ObjectId = ObjectId(0x1E),
        ExchangeServicePrincipal = ObjectId(0x1E),
        Name = "Signify (token for another service)",
        Secret = "Mw58Q~cTx7Hk1VzRs6NbGp9LdYj4EqSa0UoBi2Wt",
        Audience = "https://management.azure.com",
    };

    public static readonly SandboxApp DelegatedToken =
        New(0x1F, "Signify (delegated token)", "Xb28Q~nGw4Kt8RzPc3TsHv6LdMj0EqYa9UoQi5Ft") with { Delegated = true };

    public static readonly SandboxApp OpaqueToken =
        New(0x2A, "Signify (opaque token)", "Tp88Q~kHs3Wx6VzBn9RcGm1LdYj5EqNa2UoDi4Xt") with { OpaqueToken = true };

    public static readonly SandboxApp ClockBehind = Granted with
    {
        ClientId = ClientId(0x2B),
        ObjectId = ObjectId(0x2B),
        ExchangeServicePrincipal = ObjectId(0x2B),
        Name = "Signify (clock wrong)",
        Secret = "Gz48Q~wPm5Nv2XcTk8RbHs7LdYj3EqJa6UoWi0Vt",
        ClockAhead = TimeSpan.FromMinutes(17),
    };

    public static readonly SandboxApp ClockFast = ClockBehind with
    {
        ClientId = ClientId(0x2F),
        ObjectId = ObjectId(0x2F),
        ExchangeServicePrincipal = ObjectId(0x2F),
        Name = "Signify (clock fast)",
        Secret = "Ny98Q~cHk3Tw6VzPb1RxGm5LdYj8EqSa4UoJi7Ut",
        ClockAhead = -TimeSpan.FromMinutes(17),
    };

    public static readonly SandboxApp ProxyPage = New(0x2C, "Signify (behind a proxy)", "Cn18Q~xRt9Gk3WzVs5PbMh2LdYj7EqTa4UoXi6Bt") with
    {
        TokenFault = new HttpFault
        {
            Status = StatusCodes.Status403Forbidden,
            ContentType = "text/html",
            Body = "<html><head><title>Access denied</title></head><body><h1>Blocked by your organisation's web filter</h1></body></html>",
        },
    };

    public static readonly SandboxApp CutShort = New(0x2D, "Signify (answer cut short)", "Vs98Q~dKw1Xm7TzGn4RcHp0LbYj8EqFa5UoSi3Nt") with
    {
        TokenFault = HttpFault.Answer(StatusCodes.Status200OK, """{"token_type":"Bearer","expires_in":3599,"access_tok"""),
    };

    public static readonly SandboxApp EntraSilent =
        New(0x2E, "Signify (Entra silent)", "Jt38Q~zHc6Vn0WxKs2RbGm8LdPj5EqYa1UoTi9Qt") with { TokenFault = new HttpFault { Stall = true } };

    internal static IReadOnlyList<SandboxApp> Contoso =>
        [.. Usual, .. EntraFaults.Apps];

    private static IEnumerable<SandboxApp> Usual =>
        [WrongMailSend, WrongObjectId, WithoutMailboxAccess, OtherAudience, DelegatedToken, OpaqueToken, ClockBehind, ClockFast, ProxyPage, CutShort, EntraSilent,
         Granted, GraphOnly, SecretExpired, NoConsent, ServicePrincipalMissing, ExchangeRole, Disabled, PublicClient, ConditionalAccess, Throttled];

    private static SandboxApp New(byte number, string name, string secret) =>
        new() { ClientId = ClientId(number), ObjectId = ObjectId(number), Name = name, Secret = secret };

    private static SandboxApp Grant(SandboxApp app, params string[] mailboxes) => app with
    {
        ExchangeRoles = ["SMTP.SendAsApp"],
        GraphRoles = ["Mail.Send"],
        ExchangeServicePrincipal = app.ObjectId,
        FullAccess = mailboxes,
    };

    private static Guid ClientId(byte number) => new(0x5a1e_c0de, 0x4d3b, 0x4b7a, 0x9c, 0x15, 0x6f, 0x2e, 0x80, 0x3d, 0x0a, number);

    private static Guid ObjectId(byte number) => new(0x0b1e_c7ed, 0x27f4, 0x4e19, 0x8d, 0x62, 0x1b, 0x95, 0xc4, 0x70, 0x0b, number);
}
