using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Alerts;
using Signify.Notifications.Audit;
using Signify.Notifications.Checks;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Pages.Mailings.Drafts;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>One program with two organisations in it, each with rows of every kind and an administrator of its own.</summary>
public sealed class SeededRulesets : IAsyncLifetime
{
    public const string Password = "nine round white stones";

    private TestProgram? _program;

    public TestProgram Program => _program ?? throw new InvalidOperationException("Not started.");

    public MarkedRuleset First { get; private set; } = null!;

    public MarkedRuleset Second { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A check that a post starts finds nobody, at once, and asks nobody outside.
        _program = await TestProgram.StartAsync(
            ("Dispatch:Enabled", "false"), ("RateLimits:SignInsPerMinute", "10000"), ("RateLimits:WrongKeysPerMinute", "10000"),
            ("Clouds:Worldwide:Authority", "https://127.0.0.1:1"), ("Clouds:Worldwide:SmtpHost", "127.0.0.1"), ("Clouds:Worldwide:Graph", "https://127.0.0.1:1"));
        First = await AddAsync("qalpha7x2m");
        Second = await AddAsync("zbravo9k4w");
    }

    public Task<BrowserClient> SignedInAsync(MarkedRuleset of) => Program.SignedInAsync(of.Email, Password);

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
    }

    private T Get<T>()
        where T : notnull => Program.Services.GetRequiredService<T>();

    private async Task<MarkedRuleset> AddAsync(string mark)
    {
        var now = TimeProvider.System.GetUtcNow();
        var made = new MarkedRuleset(Guid.NewGuid(), mark) { UserId = Guid.Empty, KeyId = Guid.Empty, AuditId = Guid.Empty, Draft = Guid.Empty, Mailing = 0, Notification = 0 };
        await using var db = Program.NewContext();
        var mailbox = new Mailbox { RulesetId = made.Id, Hold = Hold.Blocked, HeldAt = now, HoldCode = FindingCode.TenantBlocked, HoldWords = $"held {mark}" };
        db.AddRange(new Ruleset { Id = made.Id, Name = made.Name, CreatedAt = now }, mailbox);
        await db.SaveChangesAsync(Stop);
        var seed = new DeliverySeed(db, now, mailbox.Id);
        var mailing = await seed.MailingAsync($"Mailing {mark}", MailingState.Active, TimeSpan.FromHours(1), [(NotificationState.Sent, 1), (NotificationState.Queued, 1)], $"Subject {mark}", $"Body {mark}", $"<p>Html {mark}</p>");
        var notification = await AddNotificationAsync(db, mailbox.Id, mailing, mark, now);
        await AddAlertsAsync(db, made, now);
        await AddSettingsAsync(made);
        return made with
        {
            UserId = await AddUserAsync(made),
            KeyId = ((ApiKeyMade.Made)await Get<ApiKeys>().AddAsync(made.Id, made.Key, $"API key {mark}", ApiKeyScopes.All, lifetime: null, $"by {mark}", Stop)).Row.Id,
            AuditId = await AddAuditAsync(made),
            Draft = await AddDraftAsync(made),
            Mailing = mailing.Id,
            Notification = notification.Id,
        };
    }

    private static async Task<Notification> AddNotificationAsync(Persistence.NotificationsDbContext db, int mailbox, Mailing mailing, string mark, DateTimeOffset now)
    {
        var notification = new Notification
        {
            MailboxId = mailbox,
            MailingId = mailing.Id,
            To = $"{mark}@reader.example",
            ToName = $"Reader {mark}",
            Cc = $"cc.{mark}@reader.example",
            Fields = $$"""{"first_name":"{{mark}}"}""",
            State = NotificationState.InDoubt,
            Priority = Priority.Normal,
            Turn = 77,
            DueAt = now,
            AcceptedAt = now,
            EndedAt = now,
            Attempts = 1,
        };
        db.Add(notification);
        mailing.Total++;
        mailing.InDoubt++;
        await db.SaveChangesAsync(Stop);
        db.AddRange(
            new Attempt { NotificationId = notification.Id, Number = 1, StartedAt = now, EndedAt = now, Route = Route.Smtp, Outcome = AttemptOutcome.InDoubt, Code = FindingCode.LinkLost, Words = $"451 server words {mark}" },
            new MailingAttachment { MailingId = mailing.Id, Number = 1, Name = $"{mark}.pdf", ContentType = "application/pdf", Content = [1, 2, 3] });
        await db.SaveChangesAsync(Stop);
        return notification;
    }

    private static async Task AddAlertsAsync(Persistence.NotificationsDbContext db, MarkedRuleset made, DateTimeOffset now)
    {
        db.AddRange(
            new AlertSetting { RulesetId = made.Id, ExtraAddresses = $"ops.{made.Mark}@contoso.example", WebhookUrl = $"https://{made.Mark}.example/hook" },
            new RaisedAlert
            {
                Id = Guid.CreateVersion7(now),
                RulesetId = made.Id,
                Kind = AlertKind.SendingHeld,
                About = $"about {made.Mark}",
                Subject = $"Alert {made.Mark}",
                Text = $"Alert text {made.Mark}",
                At = now,
                Deliveries = [new AlertDelivery { Channel = AlertChannel.Webhook, State = AlertDeliveryState.GivenUp, Attempts = 1, DueAt = now, LastAt = now, LastWords = $"told {made.Mark}" }],
            });
        await db.SaveChangesAsync(Stop);
    }

    /// <summary>An active revision and a draft whose check failed.</summary>
    private async Task AddSettingsAsync(MarkedRuleset made)
    {
        var settings = new NotificationSettings
        {
            SignIn = SignIn.Token,
            ServerName = $"Server {made.Mark}",
            FromEmail = $"hr.{made.Mark}@contoso.com",
            FromName = $"From {made.Mark}",
            ClientId = "7b0f4a52-35c0-4c3e-9f0e-6a1d2c3b4a59",
            ClientSecret = new SecretText($"abc8Q~{made.Mark}"),
            TenantId = $"{made.Mark}.onmicrosoft.com",
        };
        foreach (var passed in (bool[])[true, false])
        {
            var saved = Assert.IsType<SaveResult.Saved>(await Get<SettingsStore>().SaveDraftAsync(made.Id, settings, basedOn: null, $"saver {made.Mark}", Stop));
            await Get<CheckStore>().ConcludeAsync(saved.Revision, Report(made.Mark, passed), $"checker {made.Mark}", Stop);
        }
    }

    private static CheckReport Report(string mark, bool passed) => new()
    {
        Passed = passed,
        Route = passed ? Route.Smtp : null,
        RouteReason = $"reason {mark}",
        StartedAt = TimeProvider.System.GetUtcNow(),
        Transcript = $"220 greeting {mark}",
        Steps = [.. Enum.GetValues<StepName>().Select(name => new CheckStep(name, passed || name != StepName.SignIn ? StepState.Passed : StepState.Failed)
        {
            Summary = $"summary {mark}",
            Evidence = $"evidence {mark}",
            Findings = passed || name != StepName.SignIn ? [] : [new Finding(FindingCode.SignInRefused, $"message {mark}", $"remedy {mark}")],
        })],
    };

    private async Task<Guid> AddUserAsync(MarkedRuleset made)
    {
        await using var scope = Program.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = made.Email, Email = made.Email, CreatedAt = TimeProvider.System.GetUtcNow() };
        Assert.True((await users.CreateAsync(user, Password)).Succeeded);
        await Program.SetRoleAsync(made.Id, made.Email, MemberRole.Administrator);
        return user.Id;
    }

    private async Task<Guid> AddAuditAsync(MarkedRuleset made)
    {
        await Get<AuditLog>().WriteAsync(made.Id, $"auditor {made.Mark}", AuditAction.SettingsSaved, $"target {made.Mark}", $"details {made.Mark}", Stop);
        return (await Get<AuditLog>().ReadAsync(made.Id, olderThan: null, most: 1, Stop))[0].Id;
    }

    private async Task<Guid> AddDraftAsync(MarkedRuleset made)
    {
        var draft = new MailingDraft { Id = Guid.NewGuid(), RulesetId = made.Id, Owner = made.Email, Name = $"Draft {made.Mark}", Subject = $"Draft subject {made.Mark}", Text = $"Draft text {made.Mark}", Html = $"<p>{made.Mark}</p>" };
        await Get<DraftFolder>().SaveAsync(draft, Stop);
        await Get<DraftFolder>().SaveRecipientsAsync(draft, stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"email,first_name\n{made.Mark}@draft.example,{made.Mark}\n"), Stop).AsTask());
        return draft.Id;
    }
}
