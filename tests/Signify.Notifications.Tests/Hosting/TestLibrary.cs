using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Checks;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>The whole library as a host builds it: real database, real key ring, in a folder of its own.</summary>
public sealed class TestLibrary : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestDatabase? _database;

    private TestLibrary(ServiceProvider services, TestDatabase? database, CapturedLogs logs) => (_services, _database, Logs) = (services, database, logs);

    public static Guid Ruleset => Notifications.Rulesets.Ruleset.DefaultId;

    public CapturedLogs Logs { get; }

    public TestLifetime Lifetime => (TestLifetime)Get<IHostApplicationLifetime>();

    public SettingsStore Store => Get<SettingsStore>();

    public FieldRules Rules => Get<FieldRules>();

    public CheckRunner Runner => Get<CheckRunner>();

    public static async Task<TestLibrary> StartAsync(
        TestFolder folder, IReadOnlyDictionary<string, string?>? configuration = null, TimeProvider? time = null, LogLevel level = LogLevel.Information,
        Action<IServiceCollection>? more = null)
    {
        var values = new Dictionary<string, string?>(configuration ?? new Dictionary<string, string?>()) { ["Data:Directory"] = folder.Data };
        // The relays of tests are on this machine; a test of the rule says otherwise.
        values.TryAdd("Relays:Hosts:0", "127.0.0.0/8");
        // A test that names its database keeps it.
        var database = values.ContainsKey("ConnectionStrings:Notifications") ? null : await TestDatabase.MakeAsync();
        foreach (var (key, value) in database?.Configuration ?? [])
        {
            values[key] = value;
        }

        var logs = new CapturedLogs();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(level).AddProvider(logs))
            .AddSingleton<IHostApplicationLifetime, TestLifetime>();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        more?.Invoke(services);
        services.AddNotifications(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), folder.Path);
        var library = new TestLibrary(services.BuildServiceProvider(validateScopes: true), database, logs);
        try
        {
            await library._services.PrepareDatabaseAsync(TestContext.Current.CancellationToken);
            return library;
        }
        catch
        {
            await library.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public NotificationsDbContext NewContext() => Get<IDbContextFactory<NotificationsDbContext>>().CreateDbContext();

    /// <summary>Another ruleset beside "Default".</summary>
    public async Task<Guid> AddRulesetAsync(string name)
    {
        await using var db = NewContext();
        var ruleset = new Ruleset { Id = Guid.NewGuid(), Name = name, CreatedAt = TimeProvider.System.GetUtcNow() };
        db.Add(ruleset);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return ruleset.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
