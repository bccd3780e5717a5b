using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>Keys without a database are an installation that lost it, not a new one.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class LostDatabaseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_without_a_database_refuse_the_start_unless_it_is_wanted(bool empty)
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(Path.Combine(folder.Data, "keys"));
        await File.WriteAllTextAsync(Path.Combine(folder.Data, "keys", "key-1.xml"), "<key/>", TestContext.Current.CancellationToken);
        if (empty)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Data, "notifications.db"), [], TestContext.Current.CancellationToken);
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestLibrary.StartAsync(folder));
        await using var wanted = await TestLibrary.StartAsync(folder, new Dictionary<string, string?> { ["Data:New"] = "true" });

        Assert.Contains("--new", refused.Message, StringComparison.Ordinal);
        Assert.Contains(empty ? "is empty" : "is missing", refused.Message, StringComparison.Ordinal);
    }
}
