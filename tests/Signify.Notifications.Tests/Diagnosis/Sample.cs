using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Diagnosis;

/// <summary>Settings with everything filled in.</summary>
internal static class Sample
{
    public static NotificationSettings Settings() => new()
    {
        SignIn = SignIn.Token,
        FromEmail = "hr@contoso.com",
        ClientId = StubCloud.Client,
        TenantId = StubCloud.Tenant,
        ClientSecret = new SecretText(StubCloud.Secret),
    };
}
