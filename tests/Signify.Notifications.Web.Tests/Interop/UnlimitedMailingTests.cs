using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The real program with every limit off, on both sides: large mailings arrive, each message once.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class UnlimitedMailingTests
{
    private static readonly (string, string)[] NoPace =
    [
        ("Pace__ExchangeOnline__MessagesPerMinute", "0"), ("Pace__ExchangeOnline__RecipientsPerDay", "0"),
        ("Pace__Graph__MessagesPerMinute", "0"), ("Pace__Graph__RecipientsPerDay", "0"),
    ];

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Ten_thousand_signed_in_with_a_token_arrive_each_once()
    {
        await using var lab = await SandboxLab.StartAsync(limits: false, NoPace);
        await lab.SaveAsync("all-granted", "smtp");

        var counts = await LabMailing.EndsAsync(lab.Program, await LabMailing.HandInAsync(lab.Program, 10_000), TestContext.Current.CancellationToken);

        Assert.Equal(10_000, counts.GetProperty("sent").GetInt32());
        LabMailing.AssertOnceEach(10_000, lab.Messages(MailRoute.Smtp));
        Assert.All(lab.Arrivals(), m => Assert.Single(m.To));
    }

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Two_hundred_over_Graph_arrive_each_once()
    {
        await using var lab = await SandboxLab.StartAsync(limits: false, NoPace);
        await lab.SaveAsync("graph-only", "graph");

        var counts = await LabMailing.EndsAsync(lab.Program, await LabMailing.HandInAsync(lab.Program, 200), TestContext.Current.CancellationToken);

        Assert.Equal(200, counts.GetProperty("sent").GetInt32());
        LabMailing.AssertOnceEach(200, lab.Messages(MailRoute.Graph));
        Assert.Equal(200, lab.Arrivals().Count);
    }
}
