namespace Signify.Notifications.Tests.Hosting;

/// <summary>No class that uses the database can be forgotten in the run on PostgreSQL.</summary>
public sealed class TestDatabaseTests
{
    [Fact]
    public async Task A_class_that_does_not_say_on_which_databases_it_runs_gets_none()
    {
        using var folder = new TestFolder();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => TestLibrary.StartAsync(folder));

        Assert.Contains($"{nameof(TestDatabaseTests)} uses the database of this run", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Both)]
    public async Task A_test_that_says_it_gets_the_database_of_the_run()
    {
        await using var database = await TestDatabase.MakeAsync();

        Assert.Equal(TestDatabase.OnPostgreSql, database.Connection is not null);
    }
}
