using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
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
        await using var connection = new SqliteConnection($"Data Source={_lab.Get<Notifications.Persistence.DataFolder>().DatabaseFile};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = (DbCommand)connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Ct) as long? ?? 0;
    }

    /// <summary>Makes the database refuse what is done to a table, as a full disk would.</summary>
    public Task<long> BreakAsync(string @do) => SqlAsync($"CREATE TRIGGER Broken BEFORE {@do} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");

    public Task<long> MendAsync() => SqlAsync("DROP TRIGGER Broken");

    public async Task<List<Mailing>> MailingsAsync()
    {
        await using var db = _lab.NewContext();
        return await db.Set<Mailing>().AsNoTracking().OrderBy(m => m.Id).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();
}
