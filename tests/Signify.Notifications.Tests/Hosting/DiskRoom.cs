using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>How large the database file may become. SQLite itself then answers as on a full disk: SQLITE_FULL.</summary>
public sealed class DiskRoom : DbConnectionInterceptor
{
    private const long Endless = 4_294_967_294;

    private long _pages = Endless;

    /// <summary>From now on the file grows by no more than so many pages of 4 KB. Connections that are open already keep what they have.</summary>
    public async Task LimitAsync(DbConnection connection, int morePages, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA page_count";
        _pages = (long)(await command.ExecuteScalarAsync(ct))! + morePages;
    }

    public void Free() => _pages = Endless;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Limit();
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Limit();
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private string Limit() => string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count={_pages}");
}
