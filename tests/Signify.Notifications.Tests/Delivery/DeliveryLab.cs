using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery;

/// <summary>Rows of delivery in a real database, put there as a hand-in and a sender leave them.</summary>
public sealed class DeliveryLab : IAsyncDisposable
{
    private readonly TestFolder _folder = new();

    private DeliveryLab()
    {
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public TestLibrary Library { get; private set; } = null!;

    public DateTimeOffset Now => Time.GetUtcNow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<DeliveryLab> StartAsync(IReadOnlyDictionary<string, string?>? configuration = null,
        Action<IServiceCollection>? services = null)
    {
        var lab = new DeliveryLab();
        lab.Library = await TestLibrary.StartAsync(lab._folder, configuration, lab.Time, more: services);
        return lab;
    }

    public T Get<T>()
        where T : notnull => Library.Get<T>();

    public NotificationsDbContext NewContext() => Library.NewContext();

    /// <summary>Another ruleset with its own mailbox.</summary>
    public async Task<(Guid Ruleset, int Mailbox)> AddRulesetAsync(string name)
    {
        var ruleset = await Library.AddRulesetAsync(name);
        await using var db = NewContext();
        var mailbox = new Mailbox { RulesetId = ruleset };
        db.Add(mailbox);
        await db.SaveChangesAsync(Ct);
        return (ruleset, mailbox.Id);
    }

    /// <summary>A mailing with one notification in each of the given states, its counters to match.</summary>
    public async Task<Mailing> AddAsync(
        MailingState state, NotificationState[] states, int mailbox = 1, bool ofOne = false, DateTimeOffset? expiresAt = null, DateTimeOffset? dueAt = null, DateTimeOffset? at = null,
        Func<int, string>? to = null)
    {
        await using var db = NewContext();
        var mailing = NewMailing(state, states, mailbox, ofOne, at ?? Now, expiresAt);
        db.Add(mailing);
        await db.SaveChangesAsync(Ct);
        db.Add(new MailingContent { MailingId = mailing.Id, Subject = "Your payslip", Text = "Hello {{name}}", Merges = true });
        db.Add(new MailingAttachment { MailingId = mailing.Id, Number = 1, Name = "a.txt", ContentType = "text/plain", Content = [1, 2, 3] });
        db.AddRange(states.Select((s, i) => new Notification
        {
            MailboxId = mailbox,
            MailingId = mailing.Id,
            To = to?.Invoke(i) ?? $"person{i}@contoso.com",
            Fields = """{"name":"Anna"}""",
            State = s,
            Priority = Priority.Normal,
            Turn = i,
            DueAt = dueAt ?? Now,
            ExpiresAt = expiresAt,
            AcceptedAt = at ?? Now,
            EndedAt = s >= NotificationState.Sent ? at ?? Now : null,
            Attempts = s >= NotificationState.Sent ? 1 : 0,
        }));
        await db.SaveChangesAsync(Ct);
        return mailing;
    }

    /// <summary>A large mailing, quickly: all of it waits or, from the first on, some of it was sent.</summary>
    public async Task<Mailing> AddManyAsync(int count, int sent = 0, int mailbox = 1)
    {
        await using var db = NewContext();
        var mailing = NewMailing(MailingState.Active, [], mailbox, ofOne: false, Now, null);
        (mailing.Total, mailing.Sent) = (count, sent);
        db.Add(mailing);
        await db.SaveChangesAsync(Ct);
        db.Add(new MailingContent { MailingId = mailing.Id, Subject = "Your payslip", Text = "Hello", Merges = false });
        await db.SaveChangesAsync(Ct);
        var ticks = Now.UtcTicks;
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i + 1 < {count})
            INSERT INTO "Notifications" ("MailboxId", "MailingId", "To", "State", "Priority",
                "Turn", "DueAt", "AcceptedAt", "Attempts", "Epoch")
            SELECT {mailbox}, {mailing.Id}, 'person' || i || '@contoso.com',
                CASE WHEN i < {sent} THEN 5 ELSE 0 END, 1, i, {ticks}, {ticks} + i, 0, 0 FROM k
            """,
            Ct);
        return mailing;
    }

    public async Task<Mailing?> MailingAsync(long id)
    {
        await using var db = NewContext();
        return await db.Set<Mailing>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, Ct);
    }

    public async Task<List<Notification>> RowsAsync(long mailing)
    {
        await using var db = NewContext();
        return await db.Set<Notification>().AsNoTracking().Where(n => n.MailingId == mailing).OrderBy(n => n.Id).ToListAsync(Ct);
    }

    public async Task<NotificationState[]> StatesAsync(long mailing) => [.. (await RowsAsync(mailing)).Select(n => n.State)];

    public async Task<Mailbox> MailboxAsync(int id = 1)
    {
        await using var db = NewContext();
        return await db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.Id == id, Ct);
    }

    /// <summary>What a sender or a provider does to a row, its counters left alone.</summary>
    public async Task SetAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which, Action<T> change)
        where T : class
    {
        await using var db = NewContext();
        foreach (var row in await db.Set<T>().Where(which).ToListAsync(Ct))
        {
            change(row);
        }

        await db.SaveChangesAsync(Ct);
    }

    /// <summary>The promise on which progress rests: the counters are the rows.</summary>
    public async Task AssertCountersAsync(string? after = null)
    {
        await using var db = NewContext();
        foreach (var mailing in await db.Set<Mailing>().AsNoTracking().Where(m => m.State != MailingState.Deleting).ToListAsync(Ct))
        {
            var states = await db.Set<Notification>().Where(n => n.MailingId == mailing.Id).GroupBy(n => n.State).Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, Ct);
            int Of(NotificationState state) => states.GetValueOrDefault(state);
            Assert.True(
                (states.Values.Sum(), Of(NotificationState.Sent), Of(NotificationState.Failed), Of(NotificationState.InDoubt), Of(NotificationState.Cancelled), Of(NotificationState.Expired))
                == (mailing.Total, mailing.Sent, mailing.Failed, mailing.InDoubt, mailing.Cancelled, mailing.Expired),
                $"The counters of mailing {mailing.Id} are not its rows{after}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Library.DisposeAsync();
        _folder.Dispose();
    }

    private static Mailing NewMailing(MailingState state, NotificationState[] states, int mailbox, bool ofOne, DateTimeOffset at, DateTimeOffset? expiresAt) => new()
    {
        MailboxId = mailbox,
        OfOne = ofOne,
        Name = "Payslips",
        State = state,
        Priority = Priority.Normal,
        OnDoubt = OnDoubt.Hold,
        CreatedAt = at,
        CreatedBy = "anna",
        ExpiresAt = expiresAt,
        MessageIdSuffix = ".abcdef@contoso.com",
        Total = states.Length,
        Sent = states.Count(s => s == NotificationState.Sent),
        Failed = states.Count(s => s == NotificationState.Failed),
        InDoubt = states.Count(s => s == NotificationState.InDoubt),
        Cancelled = states.Count(s => s == NotificationState.Cancelled),
        Expired = states.Count(s => s == NotificationState.Expired),
    };
}
