using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Signify.Notifications.Persistence;

/// <summary>Where the data folder and the database file are, by the configuration. Opens and creates nothing.</summary>
public sealed record SqlitePlace(string Folder, string Database)
{
    /// <returns>Null when the database is not SQLite.</returns>
    public static SqlitePlace? Of(IConfiguration configuration, string contentRoot)
    {
        var database = configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        if (database.Provider != DatabaseProvider.Sqlite)
        {
            return null;
        }

        var data = configuration.GetSection("Data").Get<DataOptions>() ?? new DataOptions();
        var folder = Path.GetFullPath(data.Directory, contentRoot);
        var named = configuration.GetConnectionString("Notifications") is { } text ? new SqliteConnectionStringBuilder(text).DataSource : null;
        return new SqlitePlace(folder, named is null ? Path.Combine(folder, "notifications.db") : Path.GetFullPath(named));
    }
}
