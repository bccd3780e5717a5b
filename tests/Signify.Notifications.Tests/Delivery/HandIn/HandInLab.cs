using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.HandIn;

/// <summary>The queue as a host has it, and what of it is on disk.</summary>
public sealed class HandInLab : IAsyncDisposable
{
    private readonly DeliveryLab _lab;

    private HandInLab(DeliveryLab lab) => _lab = lab;

    public DeliveryLab Rows => _lab;

    public INotificationQueue Queue => _lab.Get<INotificationQueue>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<HandInLab> StartAsync(params (string Key, string? Value)[] configuration) =>
        new(await DeliveryLab.StartAsync(configuration.ToDictionary(c => c.Key, c => c.Value)));

    public static HandInCaller Caller(string? key = null, Guid? ruleset = null) =>
        new(ruleset ?? TestLibrary.Ruleset, "anna", key is null ? null : new IdempotencyKey(key));

    public static NewNotification Message(string subject = "Hello", string to = "anna@contoso.com") => new() { To = to, Subject = subject, Text = "Text" };

    public static NewMailing Head(string text = "Hello") => new() { Name = "Payslips", Subject = "Subject", Text = text };

    public static IEnumerable<NewRecipient> People(int count) => Enumerable.Range(1, count).Select(i => new NewRecipient(i, $"person{i}@contoso.com"));

    public Task<HandInOutcome> HandInAsync(NewNotification notification, string? key = null) => Queue.HandInAsync(Caller(key), notification, Ct);

    public Task<HandInOutcome> HandInAsync(NewMailing mailing, IEnumerable<NewRecipient> recipients, string? key = null) =>
        Queue.HandInAsync(Caller(key), mailing, recipients.ToAsyncEnumerable(), Ct);

    public async Task<Notification> RowAsync(HandInOutcome outcome)
    {
        var queued = Assert.IsType<HandInOutcome.NotificationQueued>(outcome);
        return Assert.Single(await _lab.RowsAsync(queued.MailingId));
    }

    public async Task<IReadOnlyDictionary<string, string[]>> ErrorsAsync(NewNotification notification) =>
        Assert.IsType<HandInOutcome.Refused>(await HandInAsync(notification)).Errors;

    /// <summary>Over a connection of its own: what another process would see, and what a restart would find.</summary>
    public async Task<long> SqlAsync(string sql)
    {
        await using var db = _lab.NewContext();
        return await SecondConnection.SqlAsync(db, sql);
    }

    /// <inheritdoc cref="SecondConnection.BreakAsync"/>
    public async Task BreakAsync(string @do)
    {
        await using var db = _lab.NewContext();
        await SecondConnection.BreakAsync(db, @do);
    }

    public async Task MendAsync()
    {
        await using var db = _lab.NewContext();
        await SecondConnection.MendAsync(db);
    }

    /// <summary>Keeps what comes from being written until it is disposed of: the turn, or the row that a hand-in locks.</summary>
    public async Task<IAsyncDisposable> HoldWritersAsync()
    {
        var db = _lab.NewContext();
        if (!db.Database.IsNpgsql())
        {
            return new Held(db, await _lab.Get<WriteTurn>().TakeAsync(Ct));
        }

        var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Mailboxes" FOR UPDATE""", Ct);
        return new Held(db, transaction);
    }

    public async Task<List<Mailing>> MailingsAsync()
    {
        await using var db = _lab.NewContext();
        return await db.Set<Mailing>().AsNoTracking().OrderBy(m => m.Id).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    private sealed class Held(NotificationsDbContext db, IDisposable held) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            held.Dispose();
            return db.DisposeAsync();
        }
    }
}
