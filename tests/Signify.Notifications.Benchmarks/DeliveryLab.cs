using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Benchmarks;

/// <summary>The library with a database file of its own and a relay for a mailbox.</summary>
internal sealed class DeliveryLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signify-bench-");
    private readonly Dictionary<string, string?> _configuration;
    private readonly Action<IServiceCollection>? _replace;
    private ServiceProvider _services;
    private int _port;

    private DeliveryLab(Dictionary<string, string?> configuration, Action<IServiceCollection>? replace)
    {
        configuration["Data:Directory"] = _folder.FullName;
        // The sink is on this machine.
        configuration["Relays:Hosts:0"] = "127.0.0.0/8";
        (_configuration, _replace) = (configuration, replace);
        _services = Services();
    }

    public string Folder => _folder.FullName;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The settings in charge.</summary>
    public NotificationSettings Settings { get; private set; } = null!;

    /// <param name="signIn">With a token the cloud is the configuration's "Lab".</param>
    /// <param name="replace">Services of its own in the place of the program's.</param>
    public static async Task<DeliveryLab> StartAsync(
        int port, SignIn signIn = SignIn.None, Dictionary<string, string?>? configuration = null, Action<IServiceCollection>? replace = null)
    {
        var lab = new DeliveryLab(configuration ?? [], replace);
        await lab._services.PrepareDatabaseAsync(CancellationToken.None);
        await using var db = lab.NewContext();
        lab._port = port;
        var revision = lab.NewRevision(Ruleset.DefaultId, Letter.From, signIn);
        db.Add(revision);
        await db.SaveChangesAsync();
        lab.Settings = lab.Get<SettingsStore>().Open(revision);
        return lab;
    }

    /// <summary>Active settings for the lab's server.</summary>
    public SettingsRevision NewRevision(Guid ruleset, string from, SignIn signIn = SignIn.None)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new SettingsRevision
        {
            Id = Guid.NewGuid(),
            RulesetId = ruleset,
            Number = 1,
            State = RevisionState.Active,
            CreatedAt = now,
            CreatedBy = "bench",
            ActivatedAt = now,
            PassedAt = now,
            ActiveRoute = Route.Smtp,
            SignIn = signIn,
            ServerName = "127.0.0.1",
            Port = _port,
            Timeout = TimeSpan.FromSeconds(30),
            BatchSize = BatchSize.Large,
            FromEmail = from,
            Cloud = signIn == SignIn.Token ? "Lab" : "Worldwide",
            Route = RouteChoice.Automatic,
        };
    }

    public NotificationsDbContext NewContext() => Get<IDbContextFactory<NotificationsDbContext>>().CreateDbContext();

    /// <summary>Puts a mailing into the queue without the hand-in.</summary>
    /// <returns>Its number.</returns>
    public async Task<long> FillAsync(int messages, int bodyLength)
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
        db.Add(new MailingContent { MailingId = mailing.Id, Subject = Letter.Subject, Text = Letter.Body(bodyLength), Merges = false });
        for (var i = 1; i <= messages; i++)
        {
            db.Add(new Notification
            {
                MailboxId = 1,
                MailingId = mailing.Id,
                To = Letter.Recipient(i),
                State = NotificationState.Queued,
                Priority = Priority.Normal,
                Turn = i,
                DueAt = now,
                AcceptedAt = now,
            });
        }

        await db.SaveChangesAsync();
        return mailing.Id;
    }

    /// <summary>Hands a mailing in as a program does, each recipient with merge fields.</summary>
    public async Task HandInAsync(int messages, int bodyLength, Guid? ruleset = null)
    {
        var recipients = Enumerable.Range(1, messages).Select(i => new NewRecipient(i, Letter.Recipient(i)) { Fields = Letter.Fields(i) });
        var mailing = new NewMailing { Name = "Bench", Subject = Letter.Subject, Text = Letter.Body(bodyLength) };
        var outcome = await Get<INotificationQueue>().HandInAsync(new HandInCaller(ruleset ?? Ruleset.DefaultId, "bench"), mailing, recipients.ToAsyncEnumerable(), CancellationToken.None);
        if (outcome is not HandInOutcome.MailingQueued { Accepted: var accepted } || accepted != messages)
        {
            throw new InvalidOperationException($"The hand-in came to {outcome}.");
        }
    }

    public async Task DrainAsync()
    {
        await using var pump = (await MailboxPump.TakeOverAsync(Get<SenderParts>(), 1, CancellationToken.None))!;
        await pump.DrainAsync(CancellationToken.None);
        await ExpectAllSentAsync();
    }

    /// <exception cref="InvalidOperationException">A message was not sent.</exception>
    public async Task ExpectAllSentAsync()
    {
        await using var db = NewContext();
        var left = await db.Set<Notification>().CountAsync(n => n.State != NotificationState.Sent);
        if (left > 0)
        {
            throw new InvalidOperationException($"{left} messages were not sent.");
        }
    }

    /// <summary>Lets another process work with the data folder and the database, which stay.</summary>
    public ValueTask ReleaseAsync() => _services.DisposeAsync();

    /// <summary>After <see cref="ReleaseAsync"/>, when the other process has ended.</summary>
    public void Reopen() => _services = Services();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<Microsoft.Extensions.Hosting.IHostApplicationLifetime, NoLifetime>()
            .AddNotifications(new ConfigurationBuilder().AddInMemoryCollection(_configuration).Build(), _folder.FullName);
        _replace?.Invoke(services);
        return services.BuildServiceProvider();
    }

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
