using Microsoft.Extensions.Configuration;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.RepairKit;

namespace Signify.Notifications.Tests.RepairKit;

internal static class Facts
{
    public const string Client = "7b0f4a52-35c0-4c3e-9f0e-6a1d2c3b4a59";
    public const string Object = "c0ffee00-1111-4222-8333-444455556666";
    public const string Mailbox = "o'hara@contoso.com";

    public static Clouds Clouds { get; } = new(new ConfigurationBuilder().Build());

    public static RepairFacts Full { get; } = new()
    {
        Cloud = Clouds.Find("Worldwide")!,
        ClientId = Client,
        TenantId = "5d3c0f7e-8b1f-4a63-9a52-1a2b3c4d5e6f",
        Mailbox = Mailbox,
        ObjectId = Object,
    };

    public static RepairFacts Empty { get; } = new() { Cloud = Clouds.Find("Worldwide")! };
}
