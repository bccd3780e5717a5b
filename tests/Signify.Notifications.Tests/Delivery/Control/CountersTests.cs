using CsCheck;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Tests.Delivery.Control;

/// <summary>Whatever people and servers do in whatever order, the counters are the rows.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class CountersTests
{
    private static readonly string[] Deeds =
        ["pause", "resume", "cancel", "retry", "cancel one", "resend one", "it arrived", "send again", "claim", "send", "fail", "doubt", "defer", "sweep", "an hour"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_counters_are_the_rows_after_any_sequence_of_controls_and_outcomes() =>
        await Gen.Select(Gen.Int[0, Deeds.Length - 1].Select(i => Deeds[i]), Gen.Int[0, 7]).Array[1, 30].SampleAsync(RunAsync, iter: 25, threads: 1);

    private static async Task RunAsync((string Deed, int Which)[] steps)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var first = await lab.AddAsync(MailingState.Active, [Queued, Queued, Queued, Scheduled], expiresAt: lab.Now.AddHours(3));
        var second = await lab.AddAsync(MailingState.Active, [Queued, Queued, Queued, Queued]);
        for (var i = 0; i < steps.Length; i++)
        {
            var (deed, which) = steps[i];
            await DoAsync(lab, deed, which < 4 ? first : second, which);
            await lab.AssertCountersAsync($" after {string.Join(", ", steps[..(i + 1)])}");
        }
    }

    private static async Task DoAsync(DeliveryLab lab, string deed, Mailing mailing, int which)
    {
        var (ruleset, mailings, notifications) = (TestLibrary.Ruleset, lab.Get<MailingControl>(), lab.Get<NotificationControl>());
        var row = (await lab.RowsAsync(mailing.Id))[which % 4];
        await (deed switch
        {
            "pause" => mailings.PauseAsync(ruleset, mailing.Id, "anna", Ct),
            "resume" => mailings.ResumeAsync(ruleset, mailing.Id, "anna", Ct),
            "cancel" => mailings.CancelAsync(ruleset, mailing.Id, "anna", Ct),
            "retry" => mailings.RetryFailedAsync(ruleset, mailing.Id, "anna", Ct),
            "cancel one" => notifications.CancelAsync(ruleset, row.Id, "anna", Ct),
            "resend one" => notifications.ResendAsync(ruleset, row.Id, "anna", Ct),
            "it arrived" => notifications.SettleAsync(ruleset, row.Id, DoubtVerdict.Arrived, "anna", Ct),
            "send again" => notifications.SettleAsync(ruleset, row.Id, DoubtVerdict.SendAgain, "anna", Ct),
            "claim" => SenderAsync(lab, row.Id, NotificationEvent.Claim),
            "send" => SenderAsync(lab, row.Id, NotificationEvent.Sent),
            "fail" => SenderAsync(lab, row.Id, NotificationEvent.Failed),
            "doubt" => SenderAsync(lab, row.Id, NotificationEvent.LeaveUnconfirmed),
            "defer" => SenderAsync(lab, row.Id, NotificationEvent.Defer),
            "an hour" => PassAsync(lab),
            _ => lab.Get<ControlSweep>().RunPortionAsync(1, Ct),
        });
    }

    private static Task PassAsync(DeliveryLab lab)
    {
        lab.Time.Advance(TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    /// <summary>As the sender records: the row and its mailing's counter in one transaction.</summary>
    private static async Task SenderAsync(DeliveryLab lab, long id, NotificationEvent on)
    {
        await using var db = lab.NewContext();
        await using var transaction = await db.BeginForMailboxAsync(1, Ct);
        await db.ApplyAsync(on, null, "\"Id\" = @id", lab.Now, Ct, ("@id", id), ("@epoch", 0L), ("@used", 1), ("@due", lab.Now.UtcTicks));
        await transaction.CommitAsync(Ct);
    }
}
