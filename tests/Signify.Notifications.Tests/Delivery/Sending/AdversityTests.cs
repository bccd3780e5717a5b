using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>What people and machines do to a sender at work: it loses nothing, and does not stop for one.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class AdversityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_is_set_back_between_two_runs_and_within_one_neither_stops_the_sender_nor_speeds_it_up()
    {
        var steady = new FastTime(100);
        var clock = new SteppedTime(steady);
        await using var lab = await PumpLab.StartAsync(SignIn.Token, time: clock);
        var referee = new Referee(30, 10_000);
        var sent = new List<DateTimeOffset>();
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        lab.Server.Answer = a =>
        {
            lock (referee)
            {
                // The provider has a clock of its own.
                var taken = referee.Take(steady.GetUtcNow(), a.Recipients);
                sent.Add(steady.GetUtcNow());
                if (referee.Accepted == 35)
                {
                    first.Cancel();
                }

                clock.Offset = referee.Accepted == 60 ? TimeSpan.FromHours(-2) : clock.Offset;
                return taken ? new SendOutcome.Accepted("250 OK") : new SendOutcome.Stopped(StopKind.Throttled, new Finding(FindingCode.TooFast, "Too fast.", "Wait."), null, null);
            }
        };
        var mailing = await lab.HandInAsync(90);

        await lab.DrainAsync(first.Token);
        clock.Offset = TimeSpan.FromHours(-1);
        await lab.DrainAsync();

        Assert.Equal((90, 0), (referee.Accepted, referee.Refusals));
        Assert.True(sent[^1] - sent[0] >= TimeSpan.FromMinutes(2));
        // A sender that believes the clock waits until it shows the former time again: for an hour or two.
        Assert.All(sent.Zip(sent.Skip(1)), two => Assert.True(two.Second - two.First < TimeSpan.FromHours(1)));
        Assert.Equal(90, lab.Server.Accepted.Distinct().Count());
        Assert.Equal(90, (await lab.MailingAsync(mailing)).Sent);
    }

    [Fact]
    public async Task A_mailing_deleted_in_mid_send_ends_what_is_on_its_way_and_the_others_go_on()
    {
        await using var lab = await PumpLab.StartAsync();
        var deleted = await lab.HandInAsync(500);
        var kept = await lab.HandInAsync(50);
        var control = lab.Library.Get<MailingControl>();
        var deleting = new Lazy<Task>(async () =>
        {
            Assert.IsType<ControlResult.Done>(await control.DeleteAsync(TestLibrary.Ruleset, deleted, "ada", Ct));
            // Longer than a look at what was decided counts as fresh.
            await Task.Delay(150, Ct);
        });
        // All connections wait for it: how many messages go meanwhile is the machine's affair.
        lab.Server.Before = _ => lab.Server.Arrived.Count >= 20 ? deleting.Value : Task.CompletedTask;

        await lab.DrainAsync();
        // What was in hand is out of it now: the next look deletes that too.
        await lab.DrainAsync();

        // Those before, as the two mailings take turns, and of the batch in hand at most what was at its DATA.
        Assert.InRange(lab.Server.Arrived.Count(a => Number(a.To) <= 500), 1, 40);
        Assert.Equal(50, lab.Server.Arrived.Count(a => Number(a.To) > 500));
        Assert.Equal(lab.Server.Arrived.Count, lab.Server.Accepted.Distinct().Count());
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((kept, NotificationState.Sent), (n.MailingId, n.State)));
        Assert.Equal(50, (await lab.AttemptsAsync()).Count);
        await using var db = lab.Library.NewContext();
        Assert.False(await db.Set<Mailing>().AnyAsync(m => m.Id == deleted, Ct));
        Assert.False(await db.Set<MailingContent>().AnyAsync(m => m.MailingId == deleted, Ct));
        Assert.DoesNotContain(lab.Library.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{% for a in n %}{% for b in n %}x{% endfor %}{% endfor %}", "[many]", "takes more than 50000 steps")]
    [InlineData("{% for a in (1..9000) %}{% if n contains n %}{% endif %}{% endfor %}", "[many]", "takes more work")]
    [InlineData("{{ 10 | divided_by: n }}", "0", "fails with this recipient's fields")]
    public async Task A_text_that_cannot_be_made_for_one_recipient_fails_that_one_with_a_clear_message_and_the_others_go(string text, string bad, string words)
    {
        await using var lab = await PumpLab.StartAsync();
        var fields = Enumerable.Range(1, 20).Select(i => i == 7 ? bad.Replace("many", string.Join(',', Enumerable.Repeat(1, 300)), StringComparison.Ordinal) : "5").ToList();

        var mailing = await HandInAsync(lab, text, fields);
        await lab.DrainAsync();

        var failed = Assert.Single(await lab.RowsAsync(), n => n.State == NotificationState.Failed);
        Assert.Equal("person7@contoso.com", failed.To);
        var attempt = Assert.Single(await lab.AttemptsAsync(), a => a.NotificationId == failed.Id);
        Assert.Equal((AttemptOutcome.Failed, FindingCode.MessageRefused), (attempt.Outcome, attempt.Code));
        Assert.Contains("The text cannot be made for this recipient", attempt.Words, StringComparison.Ordinal);
        Assert.Contains(words, attempt.Words, StringComparison.Ordinal);
        Assert.Equal(19, lab.Server.Arrived.Count);
        Assert.Equal((19, 1), ((await lab.MailingAsync(mailing)).Sent, (await lab.MailingAsync(mailing)).Failed));
        Assert.Equal(Hold.None, (await lab.MailboxAsync()).Hold);
    }

    [Theory]
    [InlineData("\"\\ud83d\\ude00 smile\"")]
    [InlineData("\"a\\u0000b\\u0007\\u001b\"")]
    [InlineData("\"line\\r\\nBcc: everyone@contoso.com\\r\\n\\r\\n.\\r\\nQUIT\"")]
    [InlineData("\"\\u2028\\u2029\\ufeff\\u202ex\"")]
    public async Task Whatever_stands_in_a_field_the_message_is_made_and_goes(string field)
    {
        await using var lab = await PumpLab.StartAsync();

        // Cut in the middle of what is one character for people.
        await HandInAsync(lab, "{{ n | slice: 0 }} {{ n }}", [field], subject: "{{ n | slice: 0 }} {{ n }}");
        await lab.DrainAsync();

        Assert.Equal(NotificationState.Sent, Assert.Single(await lab.RowsAsync()).State);
        Assert.Single(lab.Server.Arrived);
    }

    [Fact]
    public async Task Whose_it_is_when_the_database_does_not_say_is_nobodys_and_nothing_is_in_doubt()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var lab = await PumpLab.StartAsync(time: time);
        await lab.HandInAsync(1);
        var contexts = new FlakyContexts(lab.Parts.Contexts);
        var parts = lab.Parts with { Outbox = new Outbox(contexts, lab.Library.Get<WriteTurn>(), lab.Library.Get<SenderIdentity>(), time) };
        lab.Server.Before = _ =>
        {
            // It stood still for so long, once, that it asks whether the message is still its own.
            time.Advance(contexts.Asked ? TimeSpan.Zero : TimeSpan.FromSeconds(4));
            return Task.CompletedTask;
        };

        await using (var pump = Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(parts, PumpLab.MailboxId, Ct)))
        {
            await pump.DrainAsync(Ct);
        }

        Assert.True(contexts.Asked);
        Assert.Single(lab.Server.Arrived);
        Assert.Equal((NotificationState.Sent, 1), Assert.Single((await lab.RowsAsync()).Select(n => (n.State, n.Attempts))));
        Assert.Equal(AttemptOutcome.Sent, Assert.Single(await lab.AttemptsAsync()).Outcome);
    }

    private static int Number(string address) => int.Parse(address.AsSpan(1, address.IndexOf('@', StringComparison.Ordinal) - 1), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<long> HandInAsync(PumpLab lab, string text, List<string> fields, string subject = "Hello")
    {
        var mailing = new NewMailing { Name = "Payslips", Subject = subject, Text = text, Html = $"<p>{text}</p>" };
        var recipients = fields.Select((value, i) => new NewRecipient(i + 1, $"person{i + 1}@contoso.com") { Fields = $$"""{ "n": {{value}} }""" });
        var outcome = await lab.Library.Get<INotificationQueue>().HandInAsync(new HandInCaller(TestLibrary.Ruleset, "ada"), mailing, recipients.ToAsyncEnumerable(), Ct);
        return Assert.IsType<HandInOutcome.MailingQueued>(outcome).MailingId;
    }

    /// <summary>A database that is away when it is asked in a hurry.</summary>
    private sealed class FlakyContexts(IDbContextFactory<NotificationsDbContext> whole) : IDbContextFactory<NotificationsDbContext>
    {
        public bool Asked { get; private set; }

        public NotificationsDbContext CreateDbContext()
        {
            Asked = true;
            throw new SqliteException("unable to open database file", 14);
        }

        public Task<NotificationsDbContext> CreateDbContextAsync(CancellationToken cancellationToken) => whole.CreateDbContextAsync(cancellationToken);
    }
}
