using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>A mailbox with a real queue and a server that does as the test says.</summary>
internal sealed class PumpLab : IAsyncDisposable
{
    public const int MailboxId = 1;

    private static readonly DateTimeOffset HandedIn = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly TestFolder _folder;
    private readonly TimeProvider _time;
    private int _recipients;

    private PumpLab(TestFolder folder, TestLibrary library, TimeProvider time) => (_folder, Library, _time) = (folder, library, time);

    public TestLibrary Library { get; }

    public FakeTransport Server { get; } = new();

    public SenderParts Parts => Library.Get<SenderParts>() with { Transports = [Server], Time = _time, Random = new Random(7) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="signIn">None: a relay without limits. Token: Exchange Online's pace.</param>
    public static async Task<PumpLab> StartAsync(
        SignIn signIn = SignIn.None, BatchSize batchSize = BatchSize.Medium, TimeProvider? time = null, IReadOnlyDictionary<string, string?>? configuration = null,
        Action<IServiceCollection>? services = null, TestFolder? folder = null)
    {
        time ??= TimeProvider.System;
        folder ??= new TestFolder();
        var lab = new PumpLab(folder, await TestLibrary.StartAsync(folder, configuration, time, more: services), time);
        await lab.ActivateAsync(signIn, batchSize);
        return lab;
    }

    /// <summary>Puts new settings in charge, as a passing check does.</summary>
    public async Task<SettingsRevision> ActivateAsync(
        SignIn signIn, BatchSize batchSize = BatchSize.Medium, string serverName = "relay.example", Guid? ruleset = null, string from = "hr@contoso.com",
        Route route = Route.Smtp, string cloud = "Worldwide")
    {
        await using var db = Library.NewContext();
        var now = _time.GetUtcNow();
        var rulesetId = ruleset ?? TestLibrary.Ruleset;
        await db.Set<SettingsRevision>().Where(r => r.RulesetId == rulesetId && r.State == RevisionState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RevisionState.Retired), Ct);
        var revision = new SettingsRevision
        {
            Id = Guid.NewGuid(),
            RulesetId = rulesetId,
            Number = await db.Set<SettingsRevision>().CountAsync(Ct) + 1,
            State = RevisionState.Active,
            CreatedAt = now,
            CreatedBy = "ada",
            ActivatedAt = now,
            PassedAt = now,
            ActiveRoute = route,
            SignIn = signIn,
            ServerName = serverName,
            Port = 25,
            Timeout = TimeSpan.FromSeconds(5),
            BatchSize = batchSize,
            FromEmail = from,
            Cloud = cloud,
            Route = RouteChoice.Automatic,
        };
        db.Add(revision);
        await db.SaveChangesAsync(Ct);
        return revision;
    }

    /// <summary>A mailing with so many recipients, r1@…, r2@… over all mailings of the lab.</summary>
    public async Task<long> HandInAsync(
        int count, Priority priority = Priority.Normal, OnDoubt onDoubt = OnDoubt.Resend, DateTimeOffset? notBefore = null,
        DateTimeOffset? expiresAt = null, string? cc = null, bool ofOne = false, int mailbox = MailboxId)
    {
        await using var db = Library.NewContext();
        var turn = await db.Set<Mailbox>().Where(m => m.Id == mailbox).Select(m => m.Turn).SingleAsync(Ct);
        var mailing = new Mailing
        {
            MailboxId = mailbox,
            OfOne = ofOne,
            Name = "Payslips",
            State = MailingState.Active,
            Priority = priority,
            OnDoubt = onDoubt,
            CreatedAt = HandedIn,
            CreatedBy = "ada",
            MessageIdSuffix = ".test@contoso.com",
            Total = count,
        };
        db.Add(mailing);
        await db.SaveChangesAsync(Ct);
        db.Add(new MailingContent { MailingId = mailing.Id, Subject = "Your payslip", Text = "It is ready.", Merges = false });
        for (var k = 1; k <= count; k++)
        {
            db.Add(new Notification
            {
                MailboxId = mailbox,
                MailingId = mailing.Id,
                To = $"r{++_recipients}@contoso.com",
                Cc = cc,
                State = notBefore is null ? NotificationState.Queued : NotificationState.Scheduled,
                Priority = priority,
                Turn = turn + k,
                DueAt = notBefore ?? HandedIn,
                ExpiresAt = expiresAt,
                AcceptedAt = HandedIn,
            });
        }

        await db.SaveChangesAsync(Ct);
        return mailing.Id;
    }

    public async Task<Drained> DrainAsync(CancellationToken? ct = null, int mailbox = MailboxId)
    {
        await using var pump = await TakeOverAsync(mailbox);
        return await pump.DrainAsync(ct ?? Ct);
    }

    public async Task<MailboxPump> TakeOverAsync(int mailbox = MailboxId) => Assert.IsType<MailboxPump>(await MailboxPump.TakeOverAsync(Parts, mailbox, Ct));

    /// <summary>Another ruleset with its mailbox's row, and settings that send from hr@contoso.com too.</summary>
    public async Task<(Guid Ruleset, int Mailbox)> AddRulesetAsync(string name, SignIn signIn = SignIn.Token, Route route = Route.Smtp)
    {
        var ruleset = await Library.AddRulesetAsync(name);
        var mailbox = new Mailbox { RulesetId = ruleset };
        await ChangeAsync(async db => await db.AddAsync(mailbox));
        await ActivateAsync(signIn, ruleset: ruleset, from: "HR@contoso.com", route: route);
        return (ruleset, mailbox.Id);
    }

    /// <summary>Another process takes the mailbox over and sweeps up what the owner has in hand.</summary>
    public async Task StealAsync()
    {
        var epoch = Assert.NotNull(await Parts.Outbox.TakeOverAsync(MailboxId, Ct));
        await Parts.Outbox.SweepAsync(MailboxId, epoch, Ct);
    }

    /// <summary>As an owner that was killed leaves what it was sending.</summary>
    public async Task LeaveInFlightAsync()
    {
        await using var db = Library.NewContext();
        await db.Set<Notification>().ExecuteUpdateAsync(set => set.SetProperty(n => n.State, NotificationState.Claimed), Ct);
        db.AddRange(db.Set<Notification>().AsEnumerable()
            .Select(n => new InFlight { NotificationId = n.Id, MailboxId = n.MailboxId, Epoch = n.Epoch, StartedAt = HandedIn }));
        await db.SaveChangesAsync(Ct);
    }

    public async Task<Mailbox> MailboxAsync(int id = MailboxId)
    {
        await using var db = Library.NewContext();
        return await db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.Id == id, Ct);
    }

    public async Task<Mailing> MailingAsync(long id)
    {
        await using var db = Library.NewContext();
        return await db.Set<Mailing>().AsNoTracking().SingleAsync(m => m.Id == id, Ct);
    }

    public async Task<IReadOnlyList<Notification>> RowsAsync()
    {
        await using var db = Library.NewContext();
        return await db.Set<Notification>().AsNoTracking().OrderBy(n => n.Id).ToListAsync(Ct);
    }

    public async Task<IReadOnlyList<Attempt>> AttemptsAsync()
    {
        await using var db = Library.NewContext();
        return await db.Set<Attempt>().AsNoTracking().OrderBy(a => a.NotificationId).ThenBy(a => a.Number).ToListAsync(Ct);
    }

    public async Task ChangeAsync(Func<NotificationsDbContext, Task> change)
    {
        await using var db = Library.NewContext();
        await change(db);
        await db.SaveChangesAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Library.DisposeAsync();
        _folder.Dispose();
    }
}
