namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>What an administrator of the lab enters.</summary>
public static class LabSettings
{
    public const string Mailbox = "noreply@contoso.example";
    public const string Password = "lab-password-4711";
    public const string ClientId = "0f3c6a51-7c0b-4f7e-9d7e-2a4f1c5b9e01";
    public const string ClientSecret = "Lab8Q~interop.secret-value.0123456789abcd";

    public const string Tenant = "a1d2c3b4-0000-4000-8000-000000000001";
    public const string TenantOfAnotherMailbox = "a1d2c3b4-0000-4000-8000-000000000002";
    public const string TenantOfAnotherKey = "a1d2c3b4-0000-4000-8000-000000000003";
    public const string TenantWithWrongSecret = "a1d2c3b4-0000-4000-8000-000000000004";

    public static Dictionary<string, object?> WithToken(int port, string tenant = Tenant, string cloud = "Lab") => new()
    {
        ["serverName"] = "Lab mail",
        ["port"] = port,
        ["timeoutSeconds"] = 60,
        ["fromEmail"] = Mailbox,
        ["clientId"] = ClientId,
        ["clientSecret"] = ClientSecret,
        ["secretExpiresOn"] = "2999-12-31",
        ["tenantId"] = tenant,
        ["cloud"] = cloud,
    };

    public static Dictionary<string, object?> WithPassword(int port, string password = Password) => new()
    {
        ["tokenBasedAuthentication"] = false,
        ["serverName"] = "127.0.0.1",
        ["port"] = port,
        ["timeoutSeconds"] = 60,
        ["fromEmail"] = Mailbox,
        ["userName"] = Mailbox,
        ["password"] = password,
    };

    public static Dictionary<string, object?> Anonymous(int port) => new()
    {
        ["credentialsRequired"] = false,
        ["serverName"] = "127.0.0.1",
        ["port"] = port,
        ["timeoutSeconds"] = 60,
        ["fromEmail"] = Mailbox,
        ["fromName"] = "Contoso HR",
    };
}
