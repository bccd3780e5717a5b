using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>Mailings in every state, put into the database directly: as they stand after a day's work, whether or not a sender runs.</summary>
public sealed class DeliverySeed(NotificationsDbContext db, DateTimeOffset now, int mailbox = 1)
{
    private long _turn;

    public Mailing Payslips { get; private set; } = null!;

    public Mailing Review { get; private set; } = null!;

    public Mailing Welcome { get; private set; } = null!;

    public Mailing Policy { get; private set; } = null!;

    public Mailing TownHall { get; private set; } = null!;

    public Mailing AddressBook { get; private set; } = null!;

    public Mailing Benefits { get; private set; } = null!;

    public Notification Failed { get; private set; } = null!;

    public Notification InDoubt { get; private set; } = null!;

    public Notification Sent { get; private set; } = null!;

    public static async Task<DeliverySeed> AddAsync(NotificationsDbContext db, DateTimeOffset now)
    {
        var seed = new DeliverySeed(db, now);
        await seed.AddAsync();
        return seed;
    }

    /// <summary>A mailing with its content and its rows, and its counters as they follow from the rows.</summary>
    public async Task<Mailing> MailingAsync(
        string name, MailingState state, TimeSpan age, IReadOnlyList<(NotificationState State, int Count)> rows,
        string subject = "Your news", string? text = "Dear {{first_name}},\n\nthere is news.\n\nHR", string? html = null, DateTimeOffset? notBefore = null, bool ofOne = false)
    {
        int Of(NotificationState s) => rows.Where(r => r.State == s).Sum(r => r.Count);
        var sent = Of(NotificationState.Sent);
        var mailing = new Mailing
        {
            MailboxId = mailbox,
            OfOne = ofOne,
            Name = name,
            State = state,
            Priority = Priority.Normal,
            OnDoubt = OnDoubt.Hold,
            CreatedAt = now - age,
            CreatedBy = "ada@contoso.example",
            NotBefore = notBefore,
            MessageIdSuffix = ".x7k2m9@contoso.com",
            Total = rows.Sum(r => r.Count),
            Sent = sent,
            Failed = Of(NotificationState.Failed),
            InDoubt = Of(NotificationState.InDoubt),
            Cancelled = Of(NotificationState.Cancelled),
            Expired = Of(NotificationState.Expired),
            FirstSentAt = sent > 0 ? now - age + TimeSpan.FromSeconds(2) : null,
            LastSentAt = sent > 0 ? now - (age / 4) : null,
        };
        db.Add(mailing);
        await db.SaveChangesAsync();
        db.Add(new MailingContent { MailingId = mailing.Id, Subject = subject, Text = text, Html = html, Merges = !ofOne });
        var people = 0;
        foreach (var (rowState, count) in rows)
        {
            db.AddRange(Enumerable.Range(0, count).Select(_ => Row(mailing, rowState, people++, age)));
        }

        await db.SaveChangesAsync();
        return mailing;
    }

    public Task<Notification> FirstAsync(Mailing mailing, NotificationState state) =>
        db.Set<Notification>().FirstAsync(n => n.MailingId == mailing.Id && n.State == state);

    private Notification Row(Mailing mailing, NotificationState state, int person, TimeSpan age)
    {
        var (first, last) = (First[person % First.Length], Last[person / First.Length % Last.Length]);
        var round = person / (First.Length * Last.Length);
        return new Notification
        {
            MailboxId = mailbox,
            MailingId = mailing.Id,
            To = $"{first}.{last}{(round == 0 ? "" : round)}@contoso.com".ToLowerInvariant(),
            ToName = $"{first} {last}",
            Fields = $$"""{"first_name":"{{first}}"}""",
            State = state,
            Priority = mailing.Priority,
            Turn = ++_turn,
            DueAt = mailing.NotBefore ?? mailing.CreatedAt,
            AcceptedAt = mailing.CreatedAt,
            EndedAt = state >= NotificationState.Sent ? now - (age / 2) : null,
            Attempts = state >= NotificationState.Sent ? 1 : 0,
        };
    }

    private async Task AddAsync()
    {
        AddressBook = await MailingAsync("Old address book", MailingState.Cancelled, TimeSpan.FromDays(6), [(NotificationState.Sent, 12), (NotificationState.Cancelled, 38)]);
        Benefits = await MailingAsync("Benefits enrolment", MailingState.Active, TimeSpan.FromDays(3), [(NotificationState.Sent, 188), (NotificationState.Failed, 9), (NotificationState.Expired, 3)]);
        Welcome = await MailingAsync("Welcome, new joiners", MailingState.Active, TimeSpan.FromDays(2), [(NotificationState.Sent, 37), (NotificationState.InDoubt, 1)]);
        Review = await MailingAsync("Performance review opens", MailingState.Active, TimeSpan.FromHours(20), [(NotificationState.Sent, 642)]);
        Policy = await MailingAsync("Travel policy, second edition", MailingState.Paused, TimeSpan.FromHours(5), [(NotificationState.Sent, 120), (NotificationState.Paused, 180)]);
        TownHall = await MailingAsync("Town hall on Thursday", MailingState.Active, TimeSpan.FromHours(3), [(NotificationState.Scheduled, 88)], notBefore: now.AddDays(1));
        Payslips = await MailingAsync(
            "November payslips", MailingState.Active, TimeSpan.FromMinutes(36), [(NotificationState.Sent, 1079), (NotificationState.Failed, 2), (NotificationState.Queued, 418)],
            "Your payslip for November", "Dear {{first_name}},\n\nyour payslip for November is ready. Sign in to Signify to read it.\n\nHR", Html);
        await MailingAsync("One by one", MailingState.Active, TimeSpan.FromMinutes(8), [(NotificationState.Sent, 1)], "Your password was changed", "It was changed.", ofOne: true);
        (Failed, InDoubt, Sent) = (await FirstAsync(Payslips, NotificationState.Failed), await FirstAsync(Welcome, NotificationState.InDoubt), await FirstAsync(Payslips, NotificationState.Sent));
        Failed.Attempts = 2;
        AddAttempts();
        await AddPaceAsync();
        await db.SaveChangesAsync();
    }

    private void AddAttempts()
    {
        db.AddRange(
            Try(Failed, 1, 30, AttemptOutcome.Deferred, FindingCode.ServerBusy, "451 4.7.500 Server busy. Please try again later from [203.0.113.7]."),
            Try(Failed, 2, 18, AttemptOutcome.Failed, FindingCode.RecipientRejected, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
            Try(InDoubt, 1, 60 * 30, AttemptOutcome.InDoubt, FindingCode.LinkLost, "The connection broke after the message had been handed over; no reply came."),
            Try(Sent, 1, 30, AttemptOutcome.Sent, null, "250 2.0.0 OK <x7k2m9@contoso.com> [Hostname=AM0PR01MB0102.eurprd01.prod.exchangelabs.com]"));
    }

    private Attempt Try(Notification of, int number, int minutesAgo, AttemptOutcome outcome, FindingCode? code, string words) => new()
    {
        NotificationId = of.Id,
        Number = number,
        StartedAt = now.AddMinutes(-minutesAgo),
        EndedAt = now.AddMinutes(-minutesAgo).AddMilliseconds(143),
        Route = Route.Smtp,
        Outcome = outcome,
        Code = code,
        Words = words,
    };

    private async Task AddPaceAsync()
    {
        var key = await db.Set<SettingsRevision>()
            .Where(r => r.State == RevisionState.Active && db.Set<Mailbox>().Any(m => m.Id == mailbox && m.RulesetId == r.RulesetId))
            .Select(r => r.MailboxKey).SingleOrDefaultAsync();
        int[] hours = [2, 0, 0, 4, 12, 48, 420, 920, 1500, 1390, 710, 260, 300, 890, 640, 200, 120, 30, 0, 0, 0, 530, 1240];
        var running = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero);
        db.AddRange(hours.Select((sent, i) => new OutcomeTally { MailboxId = mailbox, At = running.AddHours(i - hours.Length + 1), Sent = sent, Failed = i % 7 == 6 ? 60 : 0 }).Where(t => t.Sent > 0));
        PacedSend Counted(DateTimeOffset at, long id, int recipients) =>
            new() { MailboxId = mailbox, At = at, NotificationId = id, Recipients = recipients, MailboxKey = key };
        db.AddRange(Enumerable.Range(0, 29).Select(i => Counted(now.AddSeconds(-3 - i), 1_000_000 + i, 1)));
        db.AddRange(Enumerable.Range(0, 127).Select(i => Counted(now.AddMinutes(-5 - (i * 8)), 2_000_000 + i, 25)));
    }

    private const string Html = """
        <div style="font-family:Segoe UI,sans-serif;color:#1b1f2a;max-width:520px">
        <h1 style="font-size:22px;color:#3552d6">Your payslip is ready</h1>
        <p>Dear {{first_name}},</p><p>your payslip for November is ready.</p>
        <p><a href="https://signify.example/payslips" style="display:inline-block;padding:10px 18px;background:#3552d6;color:#fff;border-radius:8px;text-decoration:none">Read it in Signify</a></p>
        <p style="color:#5b6375;font-size:13px">Human resources, Contoso</p></div>
        """;

    private static readonly string[] First = ["Anna", "Ben", "Chloe", "Dimitri", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Keiko", "Liam", "Mira", "Nora", "Omar", "Pia", "Quentin", "Rosa", "Sven", "Tara"];

    private static readonly string[] Last = ["Abel", "Brandt", "Costa", "Dahl", "Eklund", "Fischer", "Garcia", "Hansen", "Ito", "Jansen", "Keller", "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quinn", "Rossi", "Schmidt", "Tanaka"];
}
