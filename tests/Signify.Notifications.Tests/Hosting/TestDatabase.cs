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
    /// <summary>Marks what is about the embedded database's file: <c>[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]</c>.</summary>
    public const string Trait = "Database";

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
    public static Task<TestDatabase> MakeAsync() => OnPostgreSql ? PostgreSqlAsync() : Task.FromResult(new TestDatabase(null, null));

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DropAsync(_connection!);
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
