using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending.Recording;

/// <summary>Results that are stored with the next message and settled together: each counts once, whichever owner settles it.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SettlementTests : IAsyncLifetime
{
    private const string Response = "250 2.0.0 Ok: queued as 4F2";

    private static readonly TimeSpan Took = TimeSpan.FromSeconds(1);

    private DeliveryLab _lab = null!;
    private DateTimeOffset _started;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await DeliveryLab.StartAsync();
        _started = _lab.Now;
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_sent_message_is_stored_with_the_next_one_and_settled_later()
    {
        var claimed = await ClaimAsync(2);
        await using var connection = await OpenAsync();

        await connection.CommitAsync([Begin(claimed[0])]);
        await connection.CommitAsync([Line(Sent(claimed[0]), claimed[1])]);

        Assert.Equal(NotificationState.Claimed, (await RowAsync(claimed[0])).State);
        Assert.Equal([(claimed[0].Id, true), (claimed[1].Id, false)], (await InFlightAsync()).Select(f => (f.NotificationId, f.SentAt is not null)));

        Assert.Empty(await connection.SettleAsync([claimed[0]]));
        Assert.Empty(await connection.SettleAsync([claimed[0]]));

        await AssertSentOnceAsync(claimed[0]);
        Assert.Equal(claimed[1].Id, Assert.Single(await InFlightAsync()).NotificationId);
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task Settlement_and_immediate_recording_leave_the_same_rows()
    {
        var (_, second) = await _lab.AddRulesetAsync("Second");
        IReadOnlyList<InHand> stored = [.. await ClaimAsync(3), .. await ClaimAsync(2, second)];
        IReadOnlyList<InHand> immediate = [.. await ClaimAsync(3), .. await ClaimAsync(2, second)];
        await using var connection = await OpenAsync();
        await connection.CommitAsync([.. stored.Concat(immediate).Select(Begin)]);

        // A quarter of an hour apart from each other, so that tallies differ.
        await connection.CommitAsync([.. stored.Select((n, i) => Line(Sent(n, minutes: 20 * i), null))]);
        await connection.SettleAsync(stored);
        var tallies = await TalliesAsync();
        await connection.CommitAsync([.. immediate.Select((n, i) => Line(Sent(n, minutes: 20 * i), null, durable: true))]);

        Assert.Equal(tallies.Select(t => (t.MailboxId, t.At, t.Sent * 2, t.Failed)), (await TalliesAsync()).Select(t => (t.MailboxId, t.At, t.Sent, t.Failed)));
        var mailings = await MailingsAsync(stored.Concat(immediate));
        Assert.Equal(mailings.Take(2).Select(Counted), mailings.Skip(2).Select(Counted));
        Assert.Empty(await InFlightAsync());
        await _lab.AssertCountersAsync();

        static (int, int, DateTimeOffset?, DateTimeOffset?) Counted(Mailing m) => (m.Total, m.Sent, m.FirstSentAt, m.LastSentAt);
    }

    [Fact]
    public async Task The_next_owner_settles_what_a_killed_one_had_stored()
    {
        var claimed = await ClaimAsync(2);
        await using (var killed = await OpenAsync())
        {
            await killed.CommitAsync([Begin(claimed[0])]);
            await killed.CommitAsync([Line(Sent(claimed[0]), claimed[1])]);
        }

        var unconfirmed = await TakeOverAsync();

        Assert.Equal(1, unconfirmed);
        await AssertSentOnceAsync(claimed[0]);
        Assert.Empty(await InFlightAsync());
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task A_former_owner_that_settles_or_stores_again_changes_nothing()
    {
        var claimed = await ClaimAsync(1);
        await using var frozen = await OpenAsync();
        await frozen.CommitAsync([Begin(claimed[0])]);
        await frozen.CommitAsync([Line(Sent(claimed[0]), null)]);
        await TakeOverAsync();

        await frozen.SettleAsync([claimed[0]]);
        await frozen.CommitAsync([Line(Sent(claimed[0]), null)]);
        await frozen.SettleAsync([claimed[0]]);

        await AssertSentOnceAsync(claimed[0]);
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task A_result_stored_twice_counts_once()
    {
        var claimed = await ClaimAsync(1);
        await using var connection = await OpenAsync();
        await connection.CommitAsync([Begin(claimed[0])]);

        await connection.CommitAsync([Line(Sent(claimed[0]), null)]);
        await connection.CommitAsync([Line(Sent(claimed[0]), null)]);
        await connection.SettleAsync([claimed[0], claimed[0]]);

        await AssertSentOnceAsync(claimed[0]);
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task A_cancel_before_the_settlement_finds_the_message_sent()
    {
        var claimed = await ClaimAsync(1);
        await using var connection = await OpenAsync();
        await connection.CommitAsync([Begin(claimed[0])]);
        await connection.CommitAsync([Line(Sent(claimed[0]), null)]);

        await _lab.Get<NotificationControl>().CancelAsync(TestLibrary.Ruleset, claimed[0].Id, "ada", Ct);
        Assert.Equal(NotificationState.Canceling, (await RowAsync(claimed[0])).State);
        await connection.SettleAsync(claimed);

        await AssertSentOnceAsync(claimed[0]);
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task Only_a_sent_message_that_counts_against_no_limit_is_stored()
    {
        var claimed = await ClaimAsync(4);
        var sent = claimed.Select(n => Sent(n)).ToList();
        await using var connection = await OpenAsync();
        await connection.CommitAsync([.. claimed.Select(Begin)]);

        await connection.CommitAsync(
        [
            Line(sent[0], null, durable: true),
            Line(sent[1] with { PacedRecipients = 1 }, null),
            Line(sent[2] with { Event = NotificationEvent.Failed, Attempt = sent[2].Attempt! with { Outcome = AttemptOutcome.Failed } }, null),
            Line(sent[3] with { Attempt = sent[3].Attempt! with { Code = FindingCode.ServerBusy } }, null),
        ]);

        Assert.Empty(await InFlightAsync());
        await _lab.AssertCountersAsync();
    }

    [Fact]
    public async Task The_recorder_settles_without_a_further_message()
    {
        var claimed = await ClaimAsync(1);
        await using var recorder = Recorder();
        await recorder.WriteAsync(null, claimed[0], durable: false);

        await recorder.WriteAsync(Sent(claimed[0]), null, durable: false);

        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((await RowAsync(claimed[0])).State != NotificationState.Sent)
        {
            await again.WaitForNextTickAsync(Ct);
        }

        await AssertSentOnceAsync(claimed[0]);
    }

    [Fact]
    public async Task A_durable_line_settles_what_was_stored_before()
    {
        var claimed = await ClaimAsync(2);
        await using var recorder = Recorder();
        await recorder.WriteAsync(null, claimed[0], durable: false);
        await recorder.WriteAsync(Sent(claimed[0]), null, durable: false);

        await recorder.WriteAsync(null, claimed[1], durable: true);

        await AssertSentOnceAsync(claimed[0]);
    }

    [Fact]
    public async Task A_settlement_that_fails_stops_no_message_and_makes_the_recorder_stuck()
    {
        var claimed = await ClaimAsync(2);
        await RenameAsync("OutcomeTallies", "Elsewhere");
        await using var recorder = Recorder();
        await recorder.WriteAsync(null, claimed[0], durable: false);
        await recorder.WriteAsync(Sent(claimed[0]), null, durable: false);
        await recorder.SettleAsync();

        Assert.True(await recorder.WriteAsync(null, claimed[1], durable: false));
        _lab.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(recorder.IsStuck);

        await RenameAsync("Elsewhere", "OutcomeTallies");
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (recorder.Delay > TimeSpan.Zero)
        {
            await again.WaitForNextTickAsync(Ct);
        }

        await AssertSentOnceAsync(claimed[0]);
    }

    [Fact]
    public async Task A_settlement_that_fails_is_tried_again_after_growing_pauses()
    {
        var claimed = await ClaimAsync(1);
        await RenameAsync("OutcomeTallies", "Elsewhere");
        using var logs = new CapturedLogs();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        await using var recorder = Recorder(factory.CreateLogger<SendRecorder>());
        await recorder.WriteAsync(null, claimed[0], durable: false);
        await recorder.WriteAsync(Sent(claimed[0]), null, durable: false);

        // Each asks for it; the database is left alone until its pause is over.
        while (logs.Lines.Count(l => l.Contains("retrying in", StringComparison.Ordinal)) < 3)
        {
            await recorder.SettleAsync();
            await Task.Yield();
        }

        Assert.Equal(["0.1", "0.2", "0.4"], logs.Lines.Select(l => Regex.Match(l, "retrying in ([0-9.]+) s").Groups[1].Value).Where(s => s.Length > 0).Take(3));
        await RenameAsync("Elsewhere", "OutcomeTallies");
    }

    /// <summary>However few rows the planner knows of: those of all that was ever sent have the same state.</summary>
    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task On_PostgreSql_each_statement_finds_its_rows_by_their_keys()
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        await using var lab = await DeliveryLab.StartAsync(new Dictionary<string, string?>(database.Configuration));
        await using var db = lab.NewContext();
        await db.Database.OpenConnectionAsync(Ct);
        await using var connection = await PostgreSqlRecordConnection.OpenAsync(db);

        foreach (var statement in SettleSql.OfIds)
        {
            var plan = await PlanAsync(db, statement.Replace("@ids", "$1", StringComparison.Ordinal));

            Assert.Contains("PK_", plan);
            Assert.DoesNotContain("IX_", plan);
            Assert.DoesNotContain("Seq Scan", plan);
        }
    }

    private static async Task<string> PlanAsync(NotificationsDbContext db, string statement)
    {
        await using var command = await db.CommandAsync($"DEALLOCATE ALL; PREPARE settle (bigint[]) AS {statement}; EXPLAIN EXECUTE settle ('{{1,2}}')", Ct);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var plan = new StringBuilder();
        while (await reader.ReadAsync(Ct))
        {
            plan.AppendLine(reader.GetString(0));
        }

        return plan.ToString();
    }

    private SendRecorder Recorder(ILogger<SendRecorder>? logger = null) => new(
        _lab.Get<IDbContextFactory<NotificationsDbContext>>(), _lab.Get<WriteTurn>(), _lab.Get<DeliverySignals>(), _lab.Get<Instruments>(),
        _lab.Time, logger ?? NullLogger<SendRecorder>.Instance);

    private Task<IRecordConnection> OpenAsync() => IRecordConnection.OpenAsync(_lab.Get<IDbContextFactory<NotificationsDbContext>>());

    private Ending Sent(InHand n, int minutes = 0) => new()
    {
        Of = n,
        Event = NotificationEvent.Sent,
        At = _started.AddMinutes(minutes) + Took,
        Attempt = new AttemptMade(_started.AddMinutes(minutes), Route.Smtp, AttemptOutcome.Sent, null, Response),
    };

    private static RecordLine Begin(InHand n) => Line(null, n);

    private static RecordLine Line(Ending? ended, InHand? next, bool durable = false) => new(ended, next, durable, 1, 1);

    private async Task<IReadOnlyList<InHand>> ClaimAsync(int count, int mailbox = 1)
    {
        await _lab.AddAsync(MailingState.Active, [.. Enumerable.Repeat(NotificationState.Queued, count)], mailbox);
        await using var db = _lab.NewContext();
        var epoch = (await db.Set<Mailbox>().SingleAsync(m => m.Id == mailbox, Ct)).Epoch;
        return await _lab.Get<Outbox>().ClaimAsync(mailbox, epoch, count, Ct);
    }

    private async Task<int> TakeOverAsync()
    {
        var outbox = _lab.Get<Outbox>();
        var epoch = Assert.NotNull(await outbox.TakeOverAsync(1, Ct));
        return await outbox.SweepAsync(1, epoch, Ct);
    }

    private async Task AssertSentOnceAsync(InHand n)
    {
        var row = await RowAsync(n);
        Assert.Equal((NotificationState.Sent, _started + Took, 1), (row.State, row.EndedAt, row.Attempts));
        await using var db = _lab.NewContext();
        var attempt = await db.Set<Attempt>().SingleAsync(a => a.NotificationId == n.Id, Ct);
        Assert.Equal(
            (1, _started, _started + Took, Route.Smtp, AttemptOutcome.Sent, null, Response),
            (attempt.Number, attempt.StartedAt, attempt.EndedAt, attempt.Route, attempt.Outcome, attempt.Code, attempt.Words));
    }

    private async Task<Notification> RowAsync(InHand n)
    {
        await using var db = _lab.NewContext();
        return await db.Set<Notification>().AsNoTracking().SingleAsync(r => r.Id == n.Id, Ct);
    }

    private async Task<List<InFlight>> InFlightAsync()
    {
        await using var db = _lab.NewContext();
        return await db.Set<InFlight>().OrderBy(f => f.NotificationId).ToListAsync(Ct);
    }

    private async Task<List<OutcomeTally>> TalliesAsync()
    {
        await using var db = _lab.NewContext();
        return await db.Set<OutcomeTally>().OrderBy(t => t.MailboxId).ThenBy(t => t.At).ToListAsync(Ct);
    }

    private async Task<List<Mailing>> MailingsAsync(IEnumerable<InHand> of)
    {
        var ids = of.Select(n => n.MailingId).Distinct().ToList();
        await using var db = _lab.NewContext();
        return await db.Set<Mailing>().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(Ct);
    }

    private async Task RenameAsync(string from, string to)
    {
        await using var db = _lab.NewContext();
        await using var command = await db.CommandAsync($"ALTER TABLE \"{from}\" RENAME TO \"{to}\"", Ct);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
