using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>Rulesets in a database that no process uses yet: settings in charge that point to the sink, and a key for each.</summary>
internal static class ClusterSeed
{
    public static string From(int number) => string.Create(CultureInfo.InvariantCulture, $"hr{number}@contoso.example");

    /// <returns>The API keys.</returns>
    public static async Task<string[]> MakeAsync(IReadOnlyDictionary<string, string> environment, string folder, int rulesets, string sinkHost, int sinkPort)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(e => new KeyValuePair<string, string?>(e.Key.Replace("__", ":", StringComparison.Ordinal), e.Value))).Build();
        await using var services = new ServiceCollection().AddLogging().AddNotifications(configuration, folder).BuildServiceProvider();
        await services.PrepareDatabaseAsync(CancellationToken.None);
        await using var db = await services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync();
        var keys = new List<string>();
        for (var number = 1; number <= rulesets; number++)
        {
            var ruleset = new Ruleset { Id = Guid.NewGuid(), Name = $"Company {number}", CreatedAt = TimeProvider.System.GetUtcNow() };
            db.Add(ruleset);
            db.Add(Settings(ruleset.Id, From(number), sinkHost, sinkPort));
            await db.SaveChangesAsync();
            var key = $"cluster-key-{number}-0123456789abcdef";
            await services.GetRequiredService<ApiKeys>().AddAsync(ruleset.Id, key, "Signify", ApiKeyScopes.Send | ApiKeyScopes.Read, lifetime: null, "seed", CancellationToken.None);
            keys.Add(key);
        }

        return [.. keys];
    }

    private static SettingsRevision Settings(Guid ruleset, string from, string host, int port) => new()
    {
        Id = Guid.NewGuid(),
        RulesetId = ruleset,
        Number = 1,
        State = RevisionState.Active,
        CreatedAt = TimeProvider.System.GetUtcNow(),
        CreatedBy = "seed",
        ActivatedAt = TimeProvider.System.GetUtcNow(),
        PassedAt = TimeProvider.System.GetUtcNow(),
        ActiveRoute = Route.Smtp,
        SignIn = SignIn.None,
        ServerName = host,
        Port = port,
        Timeout = TimeSpan.FromSeconds(30),
        BatchSize = BatchSize.Medium,
        FromEmail = from,
        Cloud = "Worldwide",
        Route = RouteChoice.Automatic,
    };
}
