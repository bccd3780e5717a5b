using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>Two rulesets that send from one mailbox at Microsoft share its limits.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SharedMailboxTests : IAsyncLifetime
{
    private static readonly Finding TooFast = new(FindingCode.TooFast, "Too fast.", "Wait.");

    private readonly FastTime _time = new(60);
    private PumpLab _lab = null!;
    private Guid _otherRuleset;
    private int _other;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Both_together_send_thirty_a_minute_over_three_connections_in_turns()
    {
        await StartAsync();
        var verifier = Verified(new Referee(30, 10_000));
        await _lab.HandInAsync(45);
        await _lab.HandInAsync(45, mailbox: _other);

        await DrainBothAsync();

        Assert.Equal(90, verifier.Accepted);
        Assert.Equal(0, verifier.Refusals);
        Assert.InRange(_lab.Server.MostOpen, 1, 3);
        // The first 45 recipients are the first ruleset's.
        Assert.InRange(_lab.Server.Accepted.Take(40).Count(to => Number(to) <= 45), 12, 28);
    }

    [Fact]
    public async Task The_daily_limit_is_that_of_both_and_both_wait_for_it()
    {
        await StartAsync(perDay: 8);
        var verifier = Verified(new Referee(600, 8));
        await _lab.HandInAsync(6);
        await _lab.HandInAsync(6, mailbox: _other);

        await DrainBothAsync();

        Assert.Equal(8, verifier.Accepted);
        Assert.Equal(0, verifier.Refusals);
        Assert.Equal(FindingCode.DailyLimit, (await _lab.MailboxAsync()).WaitCode);
        Assert.Equal(FindingCode.DailyLimit, (await _lab.MailboxAsync(_other)).WaitCode);
    }

    [Fact]
    public async Task A_new_process_counts_what_both_have_sent()
    {
        await StartAsync(perDay: 8);
        var verifier = Verified(new Referee(600, 8));
        await _lab.HandInAsync(5);
        await _lab.DrainAsync();
        await _lab.HandInAsync(5, mailbox: _other);

        await _lab.DrainAsync(mailbox: _other);

        Assert.Equal((8, 0), (verifier.Accepted, verifier.Refusals));
    }

    [Fact]
    public async Task What_was_sent_before_a_ruleset_moved_to_another_mailbox_counts_where_it_was_sent_from()
    {
        await StartAsync(perDay: 8);
        await _lab.HandInAsync(5);
        await _lab.DrainAsync();
        await _lab.ActivateAsync(SignIn.Token, from: "payslips@contoso.com");
        await _lab.HandInAsync(6);
        await _lab.HandInAsync(5, mailbox: _other);

        await _lab.DrainAsync();
        await _lab.DrainAsync(mailbox: _other);

        Assert.Equal(6, _lab.Server.Arrived.Count(a => a.Settings.FromEmail == "payslips@contoso.com"));
        Assert.Equal(8, _lab.Server.Arrived.Count(a => a.Settings.FromEmail != "payslips@contoso.com"));
    }

    [Fact]
    public async Task A_throttle_of_one_slows_both_and_shows_the_other_no_response_of_the_server()
    {
        await StartAsync();
        _lab.Server.Answer = _ => Throttled();
        await _lab.HandInAsync(1);
        await _lab.HandInAsync(3, mailbox: _other);

        await _lab.DrainAsync();
        _lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
        await _lab.DrainAsync(mailbox: _other);

        var (first, second) = (await _lab.MailboxAsync(), await _lab.MailboxAsync(_other));
        Assert.Empty(_lab.Server.Accepted);
        Assert.Equal(first.WaitUntil, second.WaitUntil);
        Assert.Equal(0.5, second.PaceShare, 2);
        Assert.Contains("Acme", first.WaitWords);
        Assert.DoesNotContain("Acme", second.WaitWords);
    }

    [Fact]
    public async Task A_throttle_of_one_stops_the_other_in_the_middle_of_its_work()
    {
        await StartAsync();
        var after = 0;
        var throttled = false;
        _lab.Server.Answer = a =>
        {
            lock (_lab)
            {
                if (!throttled && Number(a.To) == 4)
                {
                    throttled = true;
                    return Throttled();
                }

                after += throttled ? 1 : 0;
                return new SendOutcome.Accepted("250 OK");
            }
        };
        await _lab.HandInAsync(20);
        await _lab.HandInAsync(40, mailbox: _other);

        await DrainBothAsync();

        Assert.True(throttled);
        // No more than what was in flight.
        Assert.InRange(after, 0, 2);
        Assert.Equal((await _lab.MailboxAsync()).WaitUntil, (await _lab.MailboxAsync(_other)).WaitUntil);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    public async Task Of_two_waits_that_both_are_asked_for_the_longer_counts_and_the_rate_is_halved_once(int first, int second)
    {
        await StartAsync();
        using var both = new Barrier(2);
        var answered = 0;
        _lab.Server.Answer = _ =>
        {
            both.SignalAndWait(Ct);
            return Throttled(TimeSpan.FromHours(Interlocked.Increment(ref answered) == 1 ? first : second));
        };
        await _lab.HandInAsync(1);
        await _lab.HandInAsync(1, mailbox: _other);

        await Task.WhenAll(Task.Run(() => _lab.DrainAsync(), Ct), Task.Run(() => _lab.DrainAsync(mailbox: _other), Ct));

        var mailboxes = new[] { await _lab.MailboxAsync(), await _lab.MailboxAsync(_other) };
        Assert.Equal(2, _lab.Server.Arrived.Count);
        Assert.All(mailboxes, m => Assert.True(m.WaitUntil > _time.GetUtcNow().AddHours(4)));
        Assert.All(mailboxes, m => Assert.InRange(m.PaceShare, 0.4, 0.6));
    }

    /// <summary>The response of the shorter one came first, and waited for the database.</summary>
    [Fact]
    public async Task A_wait_that_is_recorded_late_does_not_shorten_a_longer_one_that_began_after_it()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _lab = await PumpLab.StartAsync(SignIn.Token, time: time);
        await using var pump = await _lab.TakeOverAsync();
        var epoch = (await _lab.Parts.States.ReadAsync(1, Ct)).Epoch;
        Task<DateTimeOffset> late;
        using (await _lab.Library.Get<WriteTurn>().TakeAsync(Ct))
        await using (var db = _lab.Library.NewContext())
        {
            var transaction = await db.BeginForMailboxAsync(1, Ct);
            late = _lab.Parts.States.WaitAsync(1, epoch, TimeSpan.FromHours(1), 1, 0.5, TooFast, null, Ct);
            time.Advance(TimeSpan.FromSeconds(1));
            await db.Set<Mailbox>().Where(m => m.Id == 1).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.WaitUntil, time.GetUtcNow().AddHours(5)).SetProperty(m => m.WaitCode, FindingCode.TooFast)
                .SetProperty(m => m.PaceSharedAt, time.GetUtcNow()), Ct);
            await transaction.CommitAsync(Ct);
        }

        Assert.Equal(time.GetUtcNow().AddHours(5), await late);
        Assert.Equal(time.GetUtcNow().AddHours(5), (await _lab.MailboxAsync()).WaitUntil);
    }

    [Fact]
    public async Task A_success_does_not_erase_a_wait_asked_for_by_the_other_meanwhile()
    {
        await StartAsync();
        await using var pump = await _lab.TakeOverAsync();
        await using var otherPump = await _lab.TakeOverAsync(_other);
        // A check has passed since the wait for the network began, so that the other sends in spite of it.
        await _lab.ChangeAsync(db => db.Set<Mailbox>().Where(m => m.Id == _other).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.WaitUntil, _time.GetUtcNow().AddHours(12)).SetProperty(m => m.WaitCode, FindingCode.LinkLost)
            .SetProperty(m => m.PaceSharedAt, _time.GetUtcNow().AddHours(-1)), Ct));
        var states = _lab.Parts.States;
        var (state, known) = (await states.ReadAsync(1, Ct), await states.ReadAsync(_other, Ct));
        Assert.False(known.MustWait(_time.GetUtcNow()));

        await states.WaitAsync(1, state.Epoch, TimeSpan.FromHours(5), 1, 0.5, TooFast, null, Ct);
        await states.WentWellAsync(_other, known.Epoch, known, Ct);

        Assert.True((await states.ReadAsync(_other, Ct)).MustWait(_time.GetUtcNow().AddHours(4)));
    }

    [Fact]
    public async Task Resume_lifts_the_wait_of_both()
    {
        await StartAsync();
        _lab.Server.Answer = _ => Throttled();
        await _lab.HandInAsync(1);
        await _lab.HandInAsync(1, mailbox: _other);
        await _lab.DrainAsync();
        _lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");

        await _lab.Library.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "ada", Ct);
        await DrainBothAsync();

        Assert.Equal(2, _lab.Server.Accepted.Count());
    }

    [Fact]
    public async Task A_ruleset_that_comes_to_share_a_mailbox_waits_with_the_one_that_waits()
    {
        await StartAsync();
        await _lab.ActivateAsync(SignIn.Token, ruleset: _otherRuleset, from: "payslips@contoso.com");
        _lab.Server.Answer = _ => Throttled();
        await _lab.HandInAsync(1);
        await _lab.DrainAsync();
        _lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
        await _lab.ActivateAsync(SignIn.Token, ruleset: _otherRuleset);
        await _lab.HandInAsync(1, mailbox: _other);

        await _lab.DrainAsync(mailbox: _other);

        Assert.Empty(_lab.Server.Accepted);
        Assert.Equal((await _lab.MailboxAsync()).WaitUntil, (await _lab.MailboxAsync(_other)).WaitUntil);
    }

    [Fact]
    public async Task With_one_connection_allowed_there_is_never_a_second_one()
    {
        await StartAsync(connections: 1);
        await _lab.HandInAsync(20);
        await _lab.HandInAsync(20, mailbox: _other);

        await DrainBothAsync();

        Assert.Equal(40, _lab.Server.Accepted.Count());
        Assert.Equal(1, _lab.Server.MostOpen);
    }

    [Fact]
    public async Task Settings_that_name_another_mailbox_end_the_ownership()
    {
        await StartAsync();
        await using var pump = await _lab.TakeOverAsync();
        await pump.DrainAsync(Ct);

        await _lab.ActivateAsync(SignIn.Token, from: "payslips@contoso.com");

        Assert.Equal(Drained.NotOwner, await pump.DrainAsync(Ct));
    }

    [Fact]
    public async Task The_first_of_those_that_share_is_woken_for_all()
    {
        await StartAsync();
        await _lab.HandInAsync(1);
        await _lab.HandInAsync(1, mailbox: _other);

        var woken = await _lab.Parts.Outbox.WithWorkAsync(Ct);

        Assert.Equal([(1, 1), (_other, 1)], woken.Order());
    }

    [Fact]
    public async Task Relays_share_nothing()
    {
        await StartAsync();
        await _lab.ActivateAsync(SignIn.None);
        await _lab.ActivateAsync(SignIn.None, ruleset: _otherRuleset);
        await _lab.HandInAsync(1);
        await _lab.HandInAsync(1, mailbox: _other);

        Assert.Equal([(1, 1), (_other, _other)], (await _lab.Parts.Outbox.WithWorkAsync(Ct)).Order());
    }

    [Fact]
    public async Task The_overview_of_each_counts_what_both_have_sent()
    {
        await StartAsync();
        await _lab.HandInAsync(2);
        await _lab.HandInAsync(3, mailbox: _other);
        await DrainBothAsync();

        var overview = await _lab.Library.Get<OverviewReader>().ReadAsync(_otherRuleset, Ct);

        Assert.Equal(5, overview.RecipientsIn24Hours);
        Assert.Equal(3, overview.SentToday);
        Assert.True(overview.MailboxShared);
    }

    [Fact]
    public async Task A_switch_to_another_mailbox_in_mid_batch_sends_each_once_and_counts_it_where_it_left()
    {
        await StartAsync();
        var left = 5;
        _lab.Server.Before = async a =>
        {
            // The first 20 recipients are the first ruleset's.
            if (Number(a.To) <= 20 && Interlocked.Decrement(ref left) == 0)
            {
                await _lab.ActivateAsync(SignIn.Token, from: "payslips@contoso.com");
            }
        };
        await _lab.HandInAsync(20);
        await _lab.HandInAsync(5, mailbox: _other);

        await DrainBothAsync();

        Assert.Equal(25, _lab.Server.Accepted.Distinct().Count());
        Assert.Equal(25, _lab.Server.Arrived.Count);
        var former = _lab.Server.Arrived.Count(a => a.Settings.FromEmail == "hr@contoso.com");
        // The fifth itself is withdrawn where its batch has seen the change before its content goes.
        Assert.InRange(former, 4, 19);
        await using var db = _lab.Library.NewContext();
        var counted = await db.Set<PacedSend>().GroupBy(s => s.MailboxKey).ToDictionaryAsync(g => g.Key!, g => g.Count(), Ct);
        Assert.Equal(former + 5, counted["worldwide/hr@contoso.com"]);
        Assert.Equal(20 - former, counted["worldwide/payslips@contoso.com"]);
    }

    [Fact]
    public async Task A_ruleset_that_moves_to_another_mailbox_leaves_the_wait_and_the_lowered_rate_behind()
    {
        await StartAsync();
        await ThrottleAsync();
        await _lab.ActivateAsync(SignIn.Token, from: "payslips@contoso.com");
        await _lab.HandInAsync(1, mailbox: _other);

        await _lab.DrainAsync();
        await _lab.DrainAsync(mailbox: _other);

        Assert.Equal(["r1@contoso.com"], _lab.Server.Accepted);
        Assert.Null((await _lab.MailboxAsync()).WaitUntil);
        Assert.Equal(1, (await _lab.MailboxAsync()).PaceShare);
        Assert.True((await _lab.MailboxAsync(_other)).WaitUntil > _time.GetUtcNow());
    }

    [Fact]
    public async Task A_wait_for_a_former_mailbox_does_not_stop_the_rulesets_of_the_new_one()
    {
        await StartAsync();
        await _lab.ActivateAsync(SignIn.Token, ruleset: _otherRuleset, from: "payslips@contoso.com");
        await ThrottleAsync();
        // Not taken over since, so that its row still has the wait.
        await _lab.ActivateAsync(SignIn.Token, from: "payslips@contoso.com");
        await _lab.HandInAsync(1, mailbox: _other);

        await _lab.DrainAsync(mailbox: _other);

        Assert.Single(_lab.Server.Accepted);
    }

    [Fact]
    public async Task A_wait_replaces_a_longer_one_that_a_ruleset_still_has_from_a_former_mailbox()
    {
        await StartAsync();
        var former = _time.GetUtcNow().AddHours(12);
        await _lab.ChangeAsync(db => db.Set<Mailbox>().Where(m => m.Id == _other).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.MailboxKey, "worldwide/payslips@contoso.com").SetProperty(m => m.PaceSharedAt, _time.GetUtcNow().AddHours(-1))
            .SetProperty(m => m.WaitUntil, former).SetProperty(m => m.WaitCode, FindingCode.TooFast), Ct));

        await ThrottleAsync();

        Assert.Equal((await _lab.MailboxAsync()).WaitUntil, (await _lab.MailboxAsync(_other)).WaitUntil);
        Assert.True((await _lab.MailboxAsync(_other)).WaitUntil < former);
    }

    [Fact]
    public async Task The_same_address_in_two_clouds_is_two_mailboxes()
    {
        await StartAsync();
        await _lab.ActivateAsync(SignIn.Token, ruleset: _otherRuleset, cloud: "GccHigh");
        await _lab.HandInAsync(1);
        await _lab.HandInAsync(1, mailbox: _other);
        var leaders = await _lab.Parts.Outbox.WithWorkAsync(Ct);

        await ThrottleAsync();
        await _lab.DrainAsync(mailbox: _other);

        Assert.Equal([(1, 1), (_other, _other)], leaders.Order());
        Assert.Single(_lab.Server.Accepted);
        Assert.False((await _lab.Library.Get<OverviewReader>().ReadAsync(_otherRuleset, Ct)).MailboxShared);
    }

    [Fact]
    public async Task A_hold_and_a_wait_for_the_network_stop_their_own_ruleset_alone()
    {
        await StartAsync();
        await _lab.HandInAsync(1);
        var lost = new Finding(FindingCode.LinkLost, "Lost.", "Wait.");
        _lab.Server.Answer = _ => new SendOutcome.Stopped(StopKind.Unreachable, lost, null, null);
        await _lab.DrainAsync();
        await _lab.Library.Get<SendingHold>().HoldAsync(TestLibrary.Ruleset, "ada", Ct);
        _lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
        await _lab.HandInAsync(1, mailbox: _other);

        await _lab.DrainAsync(mailbox: _other);

        Assert.Single(_lab.Server.Accepted);
        Assert.Equal((Hold.None, null), ((await _lab.MailboxAsync(_other)).Hold, (await _lab.MailboxAsync(_other)).WaitUntil));
    }

    [Fact]
    public async Task Resume_ends_the_wait_of_all_before_any_of_them_is_notified()
    {
        await StartAsync();
        await ThrottleAsync();
        var notified = _lab.Library.Get<DeliverySignals>().NextAsync(1).ContinueWith(
            async _ => (await _lab.MailboxAsync(_other)).WaitUntil, Ct, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();

        await _lab.Library.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "ada", Ct);

        Assert.Null(await notified);
    }

    [Fact]
    public async Task Resume_does_not_lift_a_hold_of_the_other()
    {
        await StartAsync();
        await ThrottleAsync();
        await _lab.Library.Get<SendingHold>().HoldAsync(_otherRuleset, "bob", Ct);

        await _lab.Library.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "ada", Ct);

        Assert.Equal((Hold.Person, null), ((await _lab.MailboxAsync(_other)).Hold, (await _lab.MailboxAsync(_other)).WaitUntil));
    }

    [Fact]
    public async Task Without_limits_on_messages_the_connections_are_shared_still()
    {
        const string Limits = "Pace:ExchangeOnline";
        await StartAsync(new() { [$"{Limits}:Connections"] = "1", [$"{Limits}:MessagesPerMinute"] = "0", [$"{Limits}:RecipientsPerDay"] = "0" });
        await _lab.HandInAsync(30);
        await _lab.HandInAsync(30, mailbox: _other);

        await DrainBothAsync();

        Assert.Equal(60, _lab.Server.Accepted.Count());
        Assert.Equal(1, _lab.Server.MostOpen);
    }

    private Task StartAsync(int? perDay = null, int? connections = null)
    {
        var configuration = new Dictionary<string, string?>();
        if (perDay is not null)
        {
            (configuration["Pace:ExchangeOnline:RecipientsPerDay"], configuration["Pace:ExchangeOnline:MessagesPerMinute"]) = ($"{perDay}", "600");
        }

        if (connections is not null)
        {
            (configuration["Pace:ExchangeOnline:Connections"], configuration["Pace:ExchangeOnline:MessagesPerMinute"]) = ($"{connections}", "600");
        }

        return StartAsync(configuration);
    }

    private async Task StartAsync(Dictionary<string, string?> configuration)
    {
        _lab = await PumpLab.StartAsync(SignIn.Token, time: _time, configuration: configuration);
        (_otherRuleset, _other) = await _lab.AddRulesetAsync("Payroll");
    }

    /// <summary>The first ruleset's message is throttled for hours; then the server accepts.</summary>
    private async Task ThrottleAsync()
    {
        _lab.Server.Answer = _ => Throttled();
        await _lab.HandInAsync(1);
        await _lab.DrainAsync();
        _lab.Server.Answer = _ => new SendOutcome.Accepted("250 OK");
    }

    // Again while there is work, as the dispatcher does.
    private async Task DrainBothAsync()
    {
        do
        {
            await Task.WhenAll(Task.Run(() => _lab.DrainAsync(), Ct), Task.Run(() => _lab.DrainAsync(mailbox: _other), Ct));
        }
        while ((await _lab.Parts.Outbox.WithWorkAsync(Ct)).Count > 0);
    }

    private Referee Verified(Referee verifier)
    {
        _lab.Server.Answer = a =>
        {
            lock (verifier)
            {
                return verifier.Take(_time.GetUtcNow(), a.Recipients) ? new SendOutcome.Accepted("250 OK") : Throttled();
            }
        };
        return verifier;
    }

    private static SendOutcome.Stopped Throttled() => Throttled(TimeSpan.FromHours(5));

    private static SendOutcome.Stopped Throttled(TimeSpan asked) => new(StopKind.Throttled, TooFast, "432 4.3.2 Acme sends too fast", asked);

    private static int Number(string to) => int.Parse(to[1..to.IndexOf('@', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
}
