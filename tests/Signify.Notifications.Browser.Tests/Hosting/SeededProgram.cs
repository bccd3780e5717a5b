using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>A program with settings that passed and a day's mailings in every state, and nobody who sends them: each picture shows the same.</summary>
public class SeededProgram : SharedProgram
{
    public DeliverySeed Seed { get; private set; } = null!;

    protected override IReadOnlyList<(string Key, string Value)> Settings => [("Dispatch__Enabled", "false")];

    protected override async Task StartAsync()
    {
        await base.StartAsync();
        await using var ada = await SignedInAsync();
        await ada.SaveStateAsync("all-granted");
        await using var db = Open();
        Seed = await DeliverySeed.AddAsync(db, TimeProvider.System.GetUtcNow());
        await AlertSeed.AddAsync(db, TimeProvider.System.GetUtcNow());
    }

    public NotificationsDbContext Open() => new SqliteNotificationsDbContext(
        new DbContextOptionsBuilder<SqliteNotificationsDbContext>().UseSqlite($"Data Source={Path.Combine(Program.DataFolder, "notifications.db")}").Options);

    /// <summary>Puts the seed's numbers into an address.</summary>
    public string Fill(string address) => address
        .Replace("{payslips}", $"{Seed.Payslips.Id}", StringComparison.Ordinal)
        .Replace("{welcome}", $"{Seed.Welcome.Id}", StringComparison.Ordinal)
        .Replace("{failed}", $"{Seed.Failed.Id}", StringComparison.Ordinal)
        .Replace("{doubt}", $"{Seed.InDoubt.Id}", StringComparison.Ordinal)
        .Replace("{sent}", $"{Seed.Sent.Id}", StringComparison.Ordinal);
}
