using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Audit;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Control;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class RestoredHoldTests : IAsyncLifetime
{
    private static readonly DateTimeOffset TakenAt = new(2026, 11, 23, 11, 30, 5, TimeSpan.Zero);

    private DeliveryLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RestoredHold Restored => _lab.Get<RestoredHold>();

    public async ValueTask InitializeAsync() => _lab = await DeliveryLab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData(NotificationState.Queued)]
    [InlineData(NotificationState.Scheduled)]
    [InlineData(NotificationState.Paused)]
    [InlineData(NotificationState.Claimed)]
    [InlineData(NotificationState.Canceling)]
    public async Task A_copy_with_anything_unfinished_is_held_and_says_of_what_time_it_is(NotificationState state)
    {
        await _lab.AddAsync(MailingState.Active, [NotificationState.Sent, state]);

        Assert.Equal(1, await Restored.HoldAsync(TakenAt, Ct));

        var mailbox = await _lab.MailboxAsync();
        Assert.Equal((Hold.Restored, _lab.Now, null), (mailbox.Hold, mailbox.HeldAt, mailbox.HeldBy));
        Assert.Equal("Restored from a copy of 23 November 2026, 11:30:05 UTC. What was sent after that time stands as waiting here, and what was handed in after it is missing.", mailbox.HoldWords);
        Assert.Empty(await _lab.Get<Outbox>().ClaimAsync(1, mailbox.Epoch, 10, Ct));
        Assert.Equal(("Signify Notifications", "a copy of 23 November 2026, 11:30:05 UTC", "Sending is held."), await AuditedAsync(TestLibrary.Ruleset));
    }

    [Fact]
    public async Task Where_nothing_waits_nothing_is_held_and_the_audit_log_knows_of_the_restore()
    {
        await _lab.AddAsync(MailingState.Active, [NotificationState.Sent, NotificationState.Failed, NotificationState.InDoubt]);
        var (ruleset, mailbox) = await _lab.AddRulesetAsync("Second");
        await _lab.AddAsync(MailingState.Active, [NotificationState.Queued], mailbox);

        Assert.Equal(1, await Restored.HoldAsync(takenAt: null, Ct));

        Assert.Equal(Hold.None, (await _lab.MailboxAsync()).Hold);
        Assert.Equal("Nothing waited, so sending is not held.", (await AuditedAsync(TestLibrary.Ruleset)).Details);
        Assert.Equal(("Signify Notifications", "a copy", "Sending is held."), await AuditedAsync(ruleset));
    }

    [Fact]
    public async Task Sessions_of_a_copy_are_ended_as_some_were_ended_after_it_was_taken()
    {
        var sessions = _lab.Get<UserSessions>();
        await using var db = await _lab.Get<IDbContextFactory<Signify.Notifications.Persistence.NotificationsDbContext>>().CreateDbContextAsync(Ct);
        var user = new User { UserName = "ada", Email = "ada@contoso.example" };
        db.Add(user);
        await db.SaveChangesAsync(Ct);
        var token = await sessions.StartAsync(user.Id, multiFactor: false, new SessionOrigin("a test", "::1"), Ct);

        await Restored.HoldAsync(TakenAt, Ct);

        Assert.Null(await sessions.FindAsync(token, new SessionOrigin("a test", "::1"), Ct));
    }

    [Fact]
    public async Task A_hold_that_would_have_ended_by_itself_ends_no_more()
    {
        await _lab.AddAsync(MailingState.Active, [NotificationState.Queued]);
        await using (var db = _lab.NewContext())
        {
            await db.Set<Mailbox>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Hold, Hold.Configuration).SetProperty(m => m.HoldWords, "The secret has expired."), Ct);
        }

        await Restored.HoldAsync(TakenAt, Ct);
        await _lab.Get<MailboxStates>().LiftAsync(1, (await _lab.MailboxAsync()).Epoch, Ct);

        Assert.Equal(Hold.Restored, (await _lab.MailboxAsync()).Hold);
        Assert.Equal("Sending is held. Before, the hold was: Configuration.", (await AuditedAsync(TestLibrary.Ruleset)).Details);
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task It_is_a_copy_once_after_a_person_resumed_the_next_start_holds_nothing()
    {
        await _lab.AddAsync(MailingState.Active, [NotificationState.Queued]);
        await MarkAsync();
        Assert.Equal((TakenAt, 1), await Restored.HoldCopyAsync(Ct));
        await _lab.Get<SendingHold>().ResumeAsync(TestLibrary.Ruleset, "anna", Ct);

        Assert.Null(await Restored.HoldCopyAsync(Ct));

        Assert.Equal(Hold.None, (await _lab.MailboxAsync()).Hold);
    }

    /// <summary>As the backup marks its copy.</summary>
    private async Task MarkAsync()
    {
        await using var db = _lab.NewContext();
        await db.Database.ExecuteSqlAsync($"PRAGMA user_version = 1795433405", Ct);
    }

    private async Task<(string By, string Target, string? Details)> AuditedAsync(Guid ruleset)
    {
        var entry = Assert.Single(await _lab.Get<AuditLog>().ReadAsync(ruleset, null, 10, Ct), e => e.Action == AuditAction.Restored);
        return (entry.By, entry.Target, entry.Details);
    }
}
