using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Delivery.NotificationState;

namespace Signify.Notifications.Tests.Delivery.Reading;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ReadingTests : IAsyncLifetime
{
    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    // Without settings a mailing waits for setup.
    private async Task ActivateAsync()
    {
        await using var db = _lab.NewContext();
        db.Add(new SettingsRevision
        {
            Id = Guid.NewGuid(),
            RulesetId = TestLibrary.Ruleset,
            Number = 1,
            State = RevisionState.Active,
            CreatedAt = _lab.Now,
            CreatedBy = "ada",
            ActiveRoute = Route.Smtp,
            SignIn = SignIn.Token,
            ServerName = "HR",
            Port = 587,
            Timeout = TimeSpan.FromSeconds(120),
            BatchSize = BatchSize.Medium,
            FromEmail = "hr@contoso.com",
            Cloud = "Worldwide",
            Route = RouteChoice.Automatic,
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task The_overview_counts_what_waits_what_went_and_what_stops_it_of_its_ruleset_alone()
    {
        var other = await _lab.AddRulesetAsync("Other");
        await _lab.AddAsync(MailingState.Active, [Queued, Scheduled, Claimed, NotificationState.Canceling, Sent, InDoubt],
            at: _lab.Now.AddHours(-2));
        await _lab.AddAsync(MailingState.Paused, [Paused, Paused]);
        await _lab.AddAsync(MailingState.Cancelled, [Queued]);
        await _lab.AddAsync(MailingState.Receiving, [Queued]);
        await _lab.AddAsync(MailingState.Active, [Queued, Queued, InDoubt], other.Mailbox);
        await AddAsync(new OutcomeTally { MailboxId = 1, At = _lab.Now.AddHours(-13), Sent = 50, Failed = 9 }, new OutcomeTally { MailboxId = 1, At = _lab.Now, Sent = 5, Failed = 2 });
        await SendAsync(1, (_lab.Now.AddHours(-25), 7), (_lab.Now.AddHours(-23), 3), (_lab.Now.AddSeconds(-30), 1));
        await _lab.SetAsync<Mailbox>(m => m.Id == 1, m => (m.Hold, m.HoldCode, m.WaitUntil) = (Hold.Blocked, FindingCode.SenderBlocked, _lab.Now.AddMinutes(-1)));

        var overview = await _lab.Get<OverviewReader>().ReadAsync(TestLibrary.Ruleset, Ct);

        Assert.Equal((4, 2, 2), (overview.Waiting.Value, overview.WaitingPaused.Value, overview.InHand));
        Assert.Equal((1, 4, 5, 2, 1), (overview.SentLastMinute, overview.RecipientsIn24Hours, overview.SentToday, overview.FailedToday, overview.InDoubt.Value));
        Assert.Equal(_lab.Now.AddHours(-2), overview.OldestWaiting);
        Assert.Null(overview.NextWindow);
        Assert.True(overview.Hold is { Hold: Hold.Blocked, HoldCode: FindingCode.SenderBlocked, WaitUntil: null });
    }

    [Fact]
    public async Task A_used_up_limit_frees_when_its_oldest_leaves_the_window()
    {
        await SendAsync(1, [.. Enumerable.Range(0, 30).Select(i => (_lab.Now.AddSeconds(-40 + i), 1))]);
        Assert.Equal(_lab.Now.AddSeconds(20), (await OverviewAsync()).NextWindow);

        await SendAsync(100, (_lab.Now.AddHours(-20), 9970));
        Assert.Equal(_lab.Now.AddHours(4), (await OverviewAsync()).NextWindow);
    }

    [Fact]
    public async Task The_chart_has_every_hour_and_knows_what_was_deleted()
    {
        await AddAsync(
            new OutcomeTally { MailboxId = 1, At = _lab.Now.AddHours(-24), Sent = 1 },
            new OutcomeTally { MailboxId = 1, At = _lab.Now.AddHours(-3), Sent = 10, Failed = 1 },
            new OutcomeTally { MailboxId = 1, At = _lab.Now.AddHours(-3).AddMinutes(45), Sent = 20 },
            new OutcomeTally { MailboxId = 1, At = _lab.Now.AddHours(-25), Sent = 99 });

        var chart = await _lab.Get<OverviewReader>().ChartAsync(TestLibrary.Ruleset, Ct);

        Assert.Equal(25, chart.Count);
        Assert.Equal((1, 30, 1, 0), (chart[0].Sent, chart[21].Sent, chart[21].Failed, chart[24].Sent));
        Assert.Equal((31, _lab.Now, 1800), (chart.Sum(h => h.Sent), chart[24].At, chart[0].Allowed));
    }

    [Fact]
    public async Task Counts_of_a_million_single_ones_are_bounded()
    {
        await using (var db = _lab.NewContext())
        {
            var at = _lab.Now.UtcTicks;
            await db.Database.ExecuteSqlAsync($"""
                WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < 12000)
                INSERT INTO "Mailings" ("MailboxId", "OfOne", "Name", "State", "Priority", "OnDoubt", "CreatedAt", "CreatedBy", "MessageIdSuffix", "Total", "Sent", "Failed", "InDoubt", "Cancelled", "Expired", "RowsFollow")
                SELECT 1, {true}, 'x', 1, 1, 0, {at}, 'anna', '.a@b', 1, 0, 0, 0, 0, 0, {false} FROM k
                """, Ct);
        }

        Assert.True((await OverviewAsync()).Waiting is { Value: >= 10_000, OrMore: true });
    }

    [Theory]
    [InlineData(MailingState.Active, "Queued Sent", MailingStatus.Sending, "Sending: 1 of 2 sent, 1 waiting")]
    [InlineData(MailingState.Active, "Queued Queued", MailingStatus.Sending, "Waiting: 0 of 2 sent, 2 waiting")]
    [InlineData(MailingState.Active, "Sent Sent", MailingStatus.Sent, "Sent to all 2")]
    [InlineData(MailingState.Active, "Sent Failed InDoubt", MailingStatus.Finished, "Finished: 1 of 3 sent, 1 failed, 1 in doubt")]
    [InlineData(MailingState.Paused, "Paused Expired", MailingStatus.Paused, "Paused: 0 of 2 sent, 1 expired, 1 waiting")]
    [InlineData(MailingState.Cancelled, "Queued Sent", MailingStatus.Cancelling, "Being cancelled: 1 of 2 sent, 1 waiting")]
    [InlineData(MailingState.Cancelled, "Cancelled Sent", MailingStatus.Cancelled, "Cancelled: 1 of 2 sent, 1 cancelled")]
    public async Task A_mailing_says_honestly_how_it_stands(MailingState state, string rows, MailingStatus status, string words)
    {
        await ActivateAsync();
        var mailing = await _lab.AddAsync(state, [.. rows.Split(' ').Select(Enum.Parse<NotificationState>)]);

        var details = (await MailingAsync(mailing.Id))!;

        Assert.Equal((status, words), (details.Row.Status, details.Row.StatusWords));
    }

    [Fact]
    public async Task A_mailing_tells_its_rate_of_late_and_when_it_will_end_so()
    {
        await ActivateAsync();
        var mailing = await _lab.AddAsync(MailingState.Active, [.. Enumerable.Repeat(Sent, 20), .. Enumerable.Repeat(Queued, 40), Claimed, Scheduled]);
        await _lab.SetAsync<Notification>(n => n.State == Sent, n => n.EndedAt = _lab.Now.AddMinutes(-2));
        await _lab.SetAsync<Mailing>(m => m.Id == mailing.Id, m => (m.FirstSentAt, m.LastSentAt) = (_lab.Now.AddMinutes(-2), _lab.Now.AddMinutes(-2)));

        var details = (await MailingAsync(mailing.Id))!;
        await _lab.Get<MailingControl>().PauseAsync(TestLibrary.Ruleset, mailing.Id, "anna", Ct);
        var paused = (await MailingAsync(mailing.Id))!;

        Assert.Equal((40, 1L, 0, 1), (details.Queued, details.Scheduled.Value, details.Paused, details.InHand));
        Assert.Equal(10, details.PerMinute!.Value, 3);
        Assert.Equal(_lab.Now.AddMinutes(4.2), details.EstimatedEnd!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(("Your payslip", 1), (details.Subject, details.Attachments));
        Assert.Equal((0, 41, 1), (paused.Queued, paused.Paused, paused.InHand));
        Assert.Null(paused.EstimatedEnd);
        Assert.Equal(new MailingActions(Pause: false, Resume: true, Cancel: true, RetryFailed: false, Delete: true), paused.Can);
    }

    [Fact]
    public async Task Before_the_first_is_sent_the_pace_tells_the_end_and_a_days_limit_stretches_it()
    {
        await ActivateAsync();
        var small = await _lab.AddAsync(MailingState.Active, [.. Enumerable.Repeat(Queued, 90)]);
        var large = await _lab.AddManyAsync(25_000);

        Assert.Equal(_lab.Now.AddMinutes(3), (await MailingAsync(small.Id))!.EstimatedEnd);
        Assert.Equal(_lab.Now.AddDays(2), (await MailingAsync(large.Id))!.EstimatedEnd);
    }

    [Fact]
    public async Task Mailings_are_listed_newest_first_without_single_ones_and_others()
    {
        var other = await _lab.AddRulesetAsync("Other");
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await _lab.AddAsync(MailingState.Active, [Queued])).Id);
            await _lab.AddAsync(MailingState.Active, [Queued], ofOne: true);
            await _lab.AddAsync(MailingState.Active, [Queued], other.Mailbox);
            await _lab.AddAsync(MailingState.Receiving, [Queued]);
        }

        var first = await ListAsync(new PageOf(Most: 2));
        var second = await ListAsync(new PageOf(first.Next, Most: 2));
        var third = await ListAsync(new PageOf(second.Next, Most: 2));
        var back = await ListAsync(new PageOf(Before: third.Previous, Most: 2));

        Assert.Equal(ids, first.Items.Concat(second.Items).Concat(third.Items).Select(m => m.Id));
        Assert.Equal((null, null), (first.Previous, third.Next));
        Assert.Equal(second.Items, back.Items);
        Assert.Null(await _lab.Get<MailingReader>().FindAsync(other.Ruleset, ids[0], Ct));
    }

    [Fact]
    public async Task A_notification_shows_every_attempt_and_its_message_id_to_its_ruleset_alone()
    {
        var other = await _lab.AddRulesetAsync("Other");
        var row = (await _lab.RowsAsync((await _lab.AddAsync(MailingState.Active, [InDoubt])).Id))[0];
        await AddAsync(new Attempt { NotificationId = row.Id, Number = 1, StartedAt = _lab.Now, EndedAt = _lab.Now, Route = Notifications.Settings.Route.Smtp, Outcome = AttemptOutcome.InDoubt, Words = "link lost" });

        var found = (await _lab.Get<NotificationReader>().FindAsync(TestLibrary.Ruleset, row.Id, Ct))!;

        Assert.Equal(($"{row.Id}.abcdef@contoso.com", "link lost"), (found.MessageId, Assert.Single(found.Attempts).Words));
        Assert.Equal(new NotificationActions(Cancel: false, Resend: true, Settle: true), found.Can);
        Assert.Null(await _lab.Get<NotificationReader>().FindAsync(other.Ruleset, row.Id, Ct));
    }

    private Task<Overview> OverviewAsync() => _lab.Get<OverviewReader>().ReadAsync(TestLibrary.Ruleset, Ct);

    private Task<MailingDetails?> MailingAsync(long id) => _lab.Get<MailingReader>().FindAsync(TestLibrary.Ruleset, id, Ct);

    private Task<Listed<MailingRow>> ListAsync(PageOf page) => _lab.Get<MailingReader>().ListAsync(TestLibrary.Ruleset, page, Ct);

    private Task SendAsync(int firstId, params (DateTimeOffset At, int Recipients)[] sends) =>
        AddAsync([.. sends.Select((s, i) => (object)new PacedSend { MailboxId = 1, At = s.At, NotificationId = firstId + i, Recipients = s.Recipients })]);

    private async Task AddAsync(params object[] rows)
    {
        await using var db = _lab.NewContext();
        db.AddRange(rows);
        await db.SaveChangesAsync(Ct);
    }
}
