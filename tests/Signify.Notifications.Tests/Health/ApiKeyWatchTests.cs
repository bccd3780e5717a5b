using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Alerts;
using Signify.Notifications.Health;
using Signify.Notifications.Tests.Delivery;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Health;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ApiKeyWatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_alerted_once_30_days_before_and_once_when_it_has_expired_until_it_is_revoked()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var keys = lab.Get<ApiKeys>();
        var made = (ApiKeyMade.Made)await keys.MakeAsync(TestLibrary.Ruleset, "payroll", ApiKeyScopes.Send, TimeSpan.FromDays(90), "ada", Ct);
        await keys.MakeAsync(TestLibrary.Ruleset, "for good", ApiKeyScopes.Send, lifetime: null, "ada", Ct);

        var early = await CheckAsync(lab);
        await ExpiresInAsync(lab, made, TimeSpan.FromDays(30));
        var soon = await CheckAsync(lab);
        var still = await CheckAsync(lab);
        await ExpiresInAsync(lab, made, TimeSpan.FromSeconds(-1));
        var over = await CheckAsync(lab);
        await keys.RevokeAsync(TestLibrary.Ruleset, made.Row.Id, "ada", Ct);
        var revoked = await CheckAsync(lab);

        Assert.Empty(early);
        Assert.Equal((AlertKind.ApiKeyExpires, made.Row.Prefix), (Assert.Single(soon).Kind, soon[0].About));
        Assert.Contains("the API key payroll expires in 30 days", soon[0].Subject, StringComparison.Ordinal);
        Assert.Equal(soon[0].Id, Assert.Single(still).Id);
        Assert.Equal(AlertKind.ApiKeyExpired, Assert.Single(over).Kind);
        Assert.Empty(revoked);
        Assert.DoesNotContain(made.Key, soon[0].Subject + soon[0].Text + soon[0].About, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<RaisedAlert>> CheckAsync(DeliveryLab lab)
    {
        await lab.Get<ApiKeyWatch>().CheckAsync(Ct);
        return await lab.Get<AlertLog>().OpenAsync(TestLibrary.Ruleset, Ct);
    }

    private static async Task ExpiresInAsync(DeliveryLab lab, ApiKeyMade.Made made, TimeSpan wait)
    {
        await using var db = await lab.Get<IDbContextFactory<Signify.Notifications.Persistence.NotificationsDbContext>>().CreateDbContextAsync(Ct);
        var at = lab.Get<TimeProvider>().GetUtcNow() + wait;
        await db.Set<ApiKey>().Where(k => k.Id == made.Row.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.ExpiresAt, at), Ct);
    }
}
