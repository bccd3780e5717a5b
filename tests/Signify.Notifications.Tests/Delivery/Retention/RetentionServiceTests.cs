using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Delivery.Retention;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Retention;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class RetentionServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_deletes_sessions_that_ran_out()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var clock = new FakeTimeProvider(lab.Now + TimeSpan.FromHours(13));
        await using var db = await lab.Get<IDbContextFactory<Signify.Notifications.Persistence.NotificationsDbContext>>().CreateDbContextAsync(Ct);
        var user = new User { UserName = "ada", Email = "ada@contoso.example" };
        db.Add(user);
        await db.SaveChangesAsync(Ct);
        var options = Microsoft.Extensions.Options.Options.Create(new SessionOptions());
        var factory = lab.Get<IDbContextFactory<Signify.Notifications.Persistence.NotificationsDbContext>>();
        await lab.Get<UserSessions>().StartAsync(user.Id, multiFactor: false, new SessionOrigin("a test", "::1"), Ct);
        var sessions = new UserSessions(factory, new SessionSignal(), options, clock);
        using var service = new RetentionService(
            lab.Get<RetentionSweep>(), sessions, new UnknownAccounts(factory, clock), clock, NullLogger<RetentionService>.Instance);

        await service.StartAsync(Ct);
        for (var steps = 0; await db.Set<UserSession>().AnyAsync(Ct) && steps < 200; steps++)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
        }

        await service.StopAsync(Ct);
        Assert.Empty(await db.Set<UserSession>().ToListAsync(Ct));
    }
}
