using Microsoft.EntityFrameworkCore;
using Npgsql;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>
/// The database of one test. <c>SIGNIFY_TEST_DATABASE=PostgreSql</c> makes all tests that take theirs from here run on PostgreSQL: one
/// server for all of them, a database for each, copied from one that was brought to its shape once.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>
    /// Says on which databases a test runs. Every class whose tests take their database from <see cref="MakeAsync"/> carries
    /// <c>[Trait(TestDatabase.Trait, TestDatabase.Both)]</c> or <c>[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]</c>.
    /// </summary>
    public const string Trait = "Database";

    /// <summary>On SQLite, and once more on PostgreSQL: the behavior depends on SQL or on transactions.</summary>
    public const string Both = "Both";

    /// <summary>On SQLite only: it is about the embedded database's file, or the database makes no difference to it.</summary>
    public const string Sqlite = "Sqlite";

    private const string Template = "signify_template";

    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(StartAsync);

    private readonly PostgreSqlServer? _server;
    private readonly string? _connection;

    private TestDatabase(PostgreSqlServer? server, string? connection) => (_server, _connection) = (server, connection);

    /// <summary>Whether this run is on PostgreSQL.</summary>
    public static bool OnPostgreSql => Environment.GetEnvironmentVariable("SIGNIFY_TEST_DATABASE") == "PostgreSql";

    /// <summary>Null where the program makes its own file.</summary>
    public string? Connection => _connection;

    /// <summary>What the program is told of it; nothing where it makes its own file.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Configuration => _connection is null
        ? []
        : [new("Database:Provider", "PostgreSql"), new("ConnectionStrings:Notifications", _connection)];

    /// <summary>A PostgreSQL database in today's shape, whichever this run is on.</summary>
    public static async Task<TestDatabase> PostgreSqlAsync()
    {
        var server = await Shared.Value;
        return new TestDatabase(server, await server.CreateAsync(Template));
    }

    /// <summary>A PostgreSQL database with nothing in it.</summary>
    public static async Task<TestDatabase> EmptyPostgreSqlAsync()
    {
        var server = await Shared.Value;
        return new TestDatabase(server, await server.CreateAsync());
    }

    /// <summary>The kind that this run is on.</summary>
    /// <exception cref="InvalidOperationException">The class of the running test has no <see cref="Trait"/>.</exception>
    public static Task<TestDatabase> MakeAsync()
    {
        RequireTrait();
        return OnPostgreSql ? PostgreSqlAsync() : Task.FromResult(new TestDatabase(null, null));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DropAsync(_connection!);
        }
    }

    // Without it a class would be missing from the run on PostgreSQL, and no one would notice.
    private static void RequireTrait()
    {
        var context = TestContext.Current;
        IEnumerable<IReadOnlyDictionary<string, IReadOnlyCollection<string>>?> traits = [context.Test?.Traits, context.TestClass?.Traits];
        if (!traits.Any(t => t?.GetValueOrDefault(Trait)?.Any(value => value is Both or Sqlite) == true))
        {
            throw new InvalidOperationException(
                $"{context.TestClass?.TestClassName} uses the database of this run and must say on which databases it runs: add "
                + $"[Trait(TestDatabase.Trait, TestDatabase.Both)] to run it on PostgreSQL too, or "
                + $"[Trait(TestDatabase.Trait, TestDatabase.Sqlite)].");
        }
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var server = await PostgreSqlServer.StartAsync();
        await server.ExecuteAsync($"CREATE DATABASE {Template}");
        var options = new DbContextOptionsBuilder<PostgreSqlNotificationsDbContext>()
            .UseNpgsql(new NpgsqlConnectionStringBuilder(server.ConnectionString(Template)) { Pooling = false }.ConnectionString).Options;
        await using var db = new PostgreSqlNotificationsDbContext(options);
        await db.Database.MigrateAsync();
        return server;
    }
}
