using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>The disk is full: what was not written is not promised, and what has gone is not forgotten.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class FullDiskTests
{
    private static readonly HandInCaller Caller = new(TestLibrary.Ruleset, "ada");

    private const int Recipients = 1_200;

    private readonly DiskRoom _room = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_cannot_be_recorded_waits_until_there_is_room_and_is_sent_once()
    {
        await using var lab = await StartAsync();
        var mailing = await lab.HandInAsync(Recipients);
        // Receipts so long that recording them needs room, and claiming the rows does not.
        lab.Server.Answer = _ => new SendOutcome.Accepted("250 2.0.0 " + new string('x', 1900));
        await LimitAsync(lab, 2);

        var draining = lab.DrainAsync();
        using (var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10)))
        {
            while (!lab.Library.Logs.Lines.Any(l => l.Contains("Recording the results of", StringComparison.Ordinal)))
            {
                Assert.False(draining.IsCompleted);
                await again.WaitForNextTickAsync(Ct);
            }
        }

        // Each connection waits for the result of the message before.
        var meanwhile = lab.Server.Arrived.Count;
        _room.Free();
        await draining;

        Assert.InRange(meanwhile, 1, Recipients - 1);
        Assert.Equal(Recipients, lab.Server.Arrived.Count);
        Assert.Equal(Recipients, lab.Server.Accepted.Distinct().Count());
        Assert.All(await lab.RowsAsync(), n => Assert.Equal((NotificationState.Sent, 1), (n.State, n.Attempts)));
        Assert.Equal(Recipients, (await lab.AttemptsAsync()).Count);
        Assert.Equal(Recipients, (await lab.MailingAsync(mailing)).Sent);
    }

    [Fact]
    public async Task What_does_not_fit_is_not_acknowledged_and_never_sent()
    {
        await using var lab = await StartAsync();
        var queue = lab.Library.Get<INotificationQueue>();
        await LimitAsync(lab, 60);

        // Its first portions fit, the last does not.
        var mailing = await queue.HandInAsync(Caller, Mailing, SomeRecipients(20_000), Ct);
        await LimitAsync(lab, 0);
        var single = await FillAsync(queue);
        await lab.DrainAsync();

        Assert.IsType<HandInOutcome.NotStored>(mailing);
        Assert.IsType<HandInOutcome.NotStored>(single.Refused);
        Assert.Equal(single.Stored, lab.Server.Arrived.Count);

        _room.Free();
        Assert.IsType<HandInOutcome.MailingQueued>(await queue.HandInAsync(Caller, Mailing, SomeRecipients(20), Ct));
        await lab.DrainAsync();
        Assert.Equal(single.Stored + 20, lab.Server.Arrived.Count);
        await using var db = lab.Library.NewContext();
        Assert.Equal(single.Stored + 20, await db.Set<Notification>().CountAsync(n => n.State == NotificationState.Sent, Ct));
    }

    private static NewMailing Mailing => new() { Name = "Payslips", Subject = "Your payslip", Text = "It is ready, {{name}}." };

    private static async IAsyncEnumerable<NewRecipient> SomeRecipients(int count)
    {
        await Task.CompletedTask;
        for (var i = 1; i <= count; i++)
        {
            yield return new NewRecipient(i, $"person{i}@contoso.com") { Fields = $$"""{ "name": "{{new string('y', 200)}}" }""" };
        }
    }

    /// <summary>A page has room left: one after the other until one is refused.</summary>
    private static async Task<(HandInOutcome Refused, int Stored)> FillAsync(INotificationQueue queue)
    {
        for (var stored = 0; ; stored++)
        {
            var outcome = await queue.HandInAsync(Caller, new NewNotification { To = "anna@contoso.com", Subject = "Hello", Text = new string('z', 1000) }, Ct);
            if (outcome is not HandInOutcome.NotificationQueued)
            {
                return (outcome, stored);
            }
        }
    }

    private Task<PumpLab> StartAsync() =>
        PumpLab.StartAsync(services: services => services.ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(_room)));

    private async Task LimitAsync(PumpLab lab, int morePages)
    {
        await using var db = lab.Library.NewContext();
        await db.Database.OpenConnectionAsync(Ct);
        await _room.LimitAsync(db.Database.GetDbConnection(), morePages, Ct);
    }
}
