using Signify.Notifications.Sandbox.Limits;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The real program against a server that refuses whatever comes faster than Exchange Online allows.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class PacedMailingTests
{
    private const int Recipients = 90;

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task Ninety_messages_take_the_minutes_that_thirty_a_minute_allow_and_none_comes_too_fast()
    {
        await using var lab = await SandboxLab.StartAsync(limits: true);
        await lab.SaveAsync("all-granted", "smtp");

        var counts = await LabMailing.EndsAsync(lab.Program, await LabMailing.HandInAsync(lab.Program, Recipients), TestContext.Current.CancellationToken);

        Assert.Equal(Recipients, counts.GetProperty("sent").GetInt32());
        LabMailing.AssertOnceEach(Recipients, lab.Messages(MailRoute.Smtp));
        Assert.Equal((0, 0, 0), (lab.Sandbox.Limits.TooFast, lab.Sandbox.Limits.TooMany, lab.Sandbox.Limits.OverQuota));
        var times = lab.Arrivals().Select(m => m.ReceivedAt).Order().ToList();
        Assert.All(Enumerable.Range(0, Recipients - SubmissionLimits.MessagesAMinute), i =>
            Assert.True(times[i + SubmissionLimits.MessagesAMinute] - times[i] >= TimeSpan.FromMinutes(1), $"The messages {i} to {i + SubmissionLimits.MessagesAMinute} came within a minute."));
    }
}
