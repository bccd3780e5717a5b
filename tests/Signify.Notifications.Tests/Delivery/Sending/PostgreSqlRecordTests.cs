using Npgsql;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

public sealed class PostgreSqlRecordTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_recorded_is_found_by_its_key_however_small_the_tables_are()
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        var lab = await PumpLab.StartAsync(configuration: new Dictionary<string, string?>(database.Configuration));
        await using (lab)
        {
            await lab.HandInAsync(400);
            await lab.DrainAsync();
            Assert.All(await lab.RowsAsync(), n => Assert.Equal(NotificationState.Sent, n.State));
        }

        NpgsqlConnection.ClearAllPools();
        // Each of the hundreds of commits would have read them all.
        Assert.InRange(await ScansAsync(database.Connection!), 0, 3);
    }

    private static async Task<long> ScansAsync(string connection)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync(Ct);
        await using var ask = new NpgsqlCommand("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'Attempts'", open);
        return (long)(await ask.ExecuteScalarAsync(Ct))!;
    }
}
