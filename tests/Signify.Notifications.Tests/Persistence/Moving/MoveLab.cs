using Microsoft.Extensions.Configuration;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Moving;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence.Moving;

/// <summary>An installation on SQLite, a PostgreSQL to move it to, and a folder to move it back to.</summary>
internal sealed class MoveLab : IAsyncDisposable
{
    private readonly string _certificate;

    private MoveLab(TestDatabase database)
    {
        Database = database;
        _certificate = KeyCertificate.Write(Folder.Path);
    }

    public TestFolder Folder { get; } = new();

    /// <summary>Where the program's processes on PostgreSQL have their drafts.</summary>
    public TestFolder Shared { get; } = new();

    public TestDatabase Database { get; }

    /// <summary>What it is moved back to.</summary>
    public TestFolder BackAgain { get; } = new();

    public SqlitePlace PlaceBack => new(BackAgain.Data, Path.Combine(BackAgain.Data, "notifications.db"));

    public SqlitePlace Place => new(Folder.Data, Path.Combine(Folder.Data, "notifications.db"));

    /// <summary>What the program is told that runs on SQLite, and on PostgreSQL.</summary>
    public IReadOnlyDictionary<string, string?> OnSqlite => Configuration(Place);

    public IReadOnlyDictionary<string, string?> OnPostgreSql => new Dictionary<string, string?>(Database.Configuration) { ["Keys:Certificate"] = _certificate };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="empty">A database that no program has seen yet.</param>
    public static async Task<MoveLab> StartAsync(bool empty = false) => new(await (empty ? TestDatabase.EmptyPostgreSqlAsync() : TestDatabase.PostgreSqlAsync()));

    public Task<TestLibrary> StartOnSqliteAsync() => TestLibrary.StartAsync(Folder, OnSqlite);

    public Task<TestLibrary> StartBackAgainAsync() => TestLibrary.StartAsync(BackAgain, Configuration(PlaceBack));

    public Task<TestLibrary> StartOnPostgreSqlAsync() => TestLibrary.StartAsync(Shared, OnPostgreSql);

    /// <summary>A stopped installation with something in every table.</summary>
    public async Task FillAsync()
    {
        await (await StartOnSqliteAsync()).DisposeAsync();
        await FullInstallation.FillAsync(Place);
    }

    public Task ThereAsync(Action<string>? tell = null) => Move(OnSqlite, Folder.Path, tell).ToPostgreSqlAsync(Database.Connection!, Ct);

    public Task BackAsync() => Move(OnPostgreSql, Folder.Path).ToSqliteAsync(BackAgain.Data, Ct);

    public Task<string?> ReopenAsync() => Move(OnSqlite, Folder.Path).ReopenAsync(Ct);

    public Task<SqliteMoveEnd> OpenSqliteAsync(SqlitePlace? place = null) => SqliteMoveEnd.OpenSourceAsync(place ?? Place, Ct);

    public Task<PostgreSqlMoveEnd> OpenPostgreSqlAsync() => PostgreSqlMoveEnd.OpenAsync(Database.Connection, TimeProvider.System, Ct);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Folder.Dispose();
        Shared.Dispose();
        BackAgain.Dispose();
    }

    private Dictionary<string, string?> Configuration(SqlitePlace place) => new()
    {
        ["ConnectionStrings:Notifications"] = $"Data Source={place.Database}",
        ["Data:Directory"] = place.Folder,
        ["Keys:Certificate"] = _certificate,
    };

    public static Move Move(IReadOnlyDictionary<string, string?> configuration, string root, Action<string>? tell = null) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build(), root, TimeProvider.System, tell ?? (_ => { }));
}
