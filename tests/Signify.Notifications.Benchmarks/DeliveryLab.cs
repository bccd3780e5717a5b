using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Benchmarks;

/// <summary>The library with a database file of its own and a relay for a mailbox.</summary>
internal sealed class DeliveryLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-bench-");
    private readonly ServiceProvider _services;

    private DeliveryLab() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<Microsoft.Extensions.Hosting.IHostApplicationLifetime, NoLifetime>()
        .AddNotifications(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Directory"] = _folder.FullName }).Build(), _folder.FullName)
        .BuildServiceProvider();

    public string Folder => _folder.FullName;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<DeliveryLab> StartAsync(int relayPort, BatchSize batchSize = BatchSize.Large)
    {
        var lab = new DeliveryLab();
        await lab._services.PrepareDatabaseAsync(CancellationToken.None);
        await using var db = lab.NewContext();
        var now = TimeProvider.System.GetUtcNow();
        db.Add(new SettingsRevision
        {
            Id = Guid.NewGuid(),
            RulesetId = Ruleset.DefaultId,
            Number = 1,
            State = RevisionState.Active,
            CreatedAt = now,
            CreatedBy = "bench",
            ActivatedAt = now,
            PassedAt = now,
            ActiveRoute = Route.Smtp,
            SignIn = SignIn.None,
            ServerName = "127.0.0.1",
            Port = relayPort,
            Timeout = TimeSpan.FromSeconds(30),
            BatchSize = batchSize,
            FromEmail = "hr@contoso.com",
            Cloud = "Worldwide",
            Route = RouteChoice.Automatic,
        });
        await db.SaveChangesAsync();
        return lab;
    }

    public NotificationsDbContext NewContext() => Get<IDbContextFactory<NotificationsDbContext>>().CreateDbContext();

    /// <summary>Puts a mailing into the queue without the hand-in.</summary>
    public async Task FillAsync(int messages, int bodyLength)
    {
        await using var db = NewContext();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var now = TimeProvider.System.GetUtcNow();
        var mailing = new Mailing
        {
            MailboxId = 1,
            OfOne = false,
            Name = "Bench",
            State = MailingState.Active,
            Priority = Priority.Normal,
            OnDoubt = OnDoubt.Resend,
            CreatedAt = now,
            CreatedBy = "bench",
            MessageIdSuffix = ".bench@contoso.com",
            Total = messages,
        };
        db.Add(mailing);
        await db.SaveChangesAsync();
        db.Add(new MailingContent { MailingId = mailing.Id, Subject = "Your payslip", Text = Body(bodyLength), Merges = false });
        for (var i = 1; i <= messages; i++)
        {
            db.Add(new Notification
            {
                MailboxId = 1,
                MailingId = mailing.Id,
                To = $"person{i}@contoso.com",
                State = NotificationState.Queued,
                Priority = Priority.Normal,
                Turn = i,
                DueAt = now,
                AcceptedAt = now,
            });
        }

        await db.SaveChangesAsync();
    }

    public async Task DrainAsync()
    {
        await using var pump = await MailboxPump.TakeOverAsync(Get<SenderParts>(), 1, CancellationToken.None);
        await pump.DrainAsync(CancellationToken.None);
        await using var db = NewContext();
        var left = await db.Set<Notification>().CountAsync(n => n.State != NotificationState.Sent);
        if (left > 0)
        {
            throw new InvalidOperationException($"{left} messages were not sent.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Body(int length) => string.Concat(Enumerable.Repeat("This line is as long as lines of letters to people usually are.\n", (length / 64) + 1))[..length];

    private sealed class NoLifetime : Microsoft.Extensions.Hosting.IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
