using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Moving;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence.Moving;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class MoveTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task There_and_back_every_row_of_every_table_is_as_it_was(bool unseen)
    {
        await using var lab = await MoveLab.StartAsync(unseen);
        await lab.FillAsync();
        await using (var deleted = await lab.OpenSqliteAsync())
        {
            // Its number was given once: no other row may get it.
            await deleted.Db.Database.ExecuteSqlRawAsync("""DELETE FROM "AuditEntries" WHERE "Id" = (SELECT MAX("Id") FROM "AuditEntries")""", Ct);
        }

        await lab.ThereAsync();
        await lab.BackAsync();

        await using var before = await lab.OpenSqliteAsync();
        await using var there = await lab.OpenPostgreSqlAsync();
        await using var after = await lab.OpenSqliteAsync(lab.PlaceBack);
        var rows = await FullInstallation.ReadAsync(before, there);
        Assert.Equal(rows, await FullInstallation.ReadAsync(there, before));
        Assert.Equal(rows, await FullInstallation.ReadAsync(after, there));
        var tables = MoveTable.Of(before.Db, there.Db);
        Assert.Equal(tables.Select(t => t.Name).Order(), rows.Select(r => r[..r.IndexOf(':', StringComparison.Ordinal)]).Distinct().Order());
        foreach (var table in tables.Where(t => t.Number is not null))
        {
            var last = await before.LastNumberAsync(table, Ct);
            Assert.Equal((table.Name, last, last), (table.Name, await there.LastNumberAsync(table, Ct), await after.LastNumberAsync(table, Ct)));
        }
    }

    [Fact]
    public async Task Nothing_but_the_cluster_and_the_key_ring_is_left_out()
    {
        await using var lab = await MoveLab.StartAsync();
        await lab.FillAsync();
        await using var sqlite = await lab.OpenSqliteAsync();
        await using var there = await lab.OpenPostgreSqlAsync();

        var moved = MoveTable.Of(sqlite.Db, there.Db).Select(t => t.Name);

        Assert.Equal(["ClusterMembers", "ClusterViews", "DataProtectionKeys", "SenderProcesses"], there.Db.Model.GetRelationalModel().Tables.Select(t => t.Name).Except(moved).Order());
        Assert.Empty(sqlite.Db.Model.GetRelationalModel().Tables.Select(t => t.Name).Except(moved));
    }

    [Fact]
    public async Task Secrets_open_where_they_went_and_the_keys_are_closed_there()
    {
        await using var lab = await MoveLab.StartAsync();
        StoredSecret stored;
        await using (var library = await lab.StartOnSqliteAsync())
        {
            stored = library.Get<SecretProtector>().Close(new SecretText("the secret"), TestLibrary.Ruleset, SettingsField.ClientSecret, "ada");
        }

        await lab.ThereAsync();

        await using (var there = await lab.StartOnPostgreSqlAsync())
        {
            Assert.Equal("the secret", there.Get<SecretProtector>().TryOpen(stored, TestLibrary.Ruleset, SettingsField.ClientSecret)!.Reveal());
            await using var db = there.NewContext();
            var keys = await db.Set<Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey>().Select(k => k.Xml).ToListAsync(Ct);
            Assert.All(keys, xml => Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal));
        }

        await lab.BackAsync();
        await using var back = await lab.StartBackAgainAsync();
        Assert.Equal("the secret", back.Get<SecretProtector>().TryOpen(stored, TestLibrary.Ruleset, SettingsField.ClientSecret)!.Reveal());
    }

    [Fact]
    public async Task What_was_moved_does_not_start_and_opens_again_on_a_deliberate_word_only()
    {
        await using var lab = await MoveLab.StartAsync();
        await (await lab.StartOnSqliteAsync()).DisposeAsync();
        await lab.ThereAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(lab.StartOnSqliteAsync);
        var again = await Assert.ThrowsAsync<StartRefusedException>(() => lab.ThereAsync());

        Assert.StartsWith("This installation was moved to PostgreSQL, database ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, again.Message);
        await (await lab.StartOnPostgreSqlAsync()).DisposeAsync();
        Assert.StartsWith("PostgreSQL", await lab.ReopenAsync(), StringComparison.Ordinal);
        Assert.Null(await lab.ReopenAsync());
        await (await lab.StartOnSqliteAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Half_a_copy_does_not_start_and_the_same_command_begins_anew()
    {
        await using var lab = await MoveLab.StartAsync();
        await lab.FillAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => lab.ThereAsync(said => throw new OperationCanceledException(said)));

        var refused = await Assert.ThrowsAsync<StartRefusedException>(lab.StartOnPostgreSqlAsync);

        Assert.StartsWith("This database was being filled from SQLite, ", refused.Message, StringComparison.Ordinal);
        await (await lab.StartOnSqliteAsync()).DisposeAsync();
        await lab.ThereAsync();
        await (await lab.StartOnPostgreSqlAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_move_that_died_between_its_last_two_words_leaves_neither_to_start_and_is_ended_by_the_same_command()
    {
        await using var lab = await MoveLab.StartAsync();
        await lab.FillAsync();
        await lab.ThereAsync();
        await using (var source = await lab.OpenSqliteAsync())
        await using (var goal = await lab.OpenPostgreSqlAsync())
        {
            var moved = (await MoveMark.ReadAsync(source.Db, Ct))!;
            await (moved with { State = MoveState.Filling }).WriteAsync(goal.Db, Ct);
        }

        await Assert.ThrowsAsync<StartRefusedException>(lab.StartOnSqliteAsync);
        await Assert.ThrowsAsync<StartRefusedException>(lab.StartOnPostgreSqlAsync);
        await lab.ThereAsync();

        await (await lab.StartOnPostgreSqlAsync()).DisposeAsync();
        await Assert.ThrowsAsync<StartRefusedException>(lab.StartOnSqliteAsync);
    }

    [Fact]
    public async Task A_goal_that_holds_data_is_refused_and_both_stay_as_they_are()
    {
        await using var lab = await MoveLab.StartAsync();
        await (await lab.StartOnSqliteAsync()).DisposeAsync();
        await using (var there = await lab.StartOnPostgreSqlAsync())
        {
            await there.AddRulesetAsync("Somebody's");
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => lab.ThereAsync());

        Assert.Contains("holds data already (2 rows of Rulesets): a move replaces nothing.", refused.Message, StringComparison.Ordinal);
        await (await lab.StartOnSqliteAsync()).DisposeAsync();
        await (await lab.StartOnPostgreSqlAsync()).DisposeAsync();
    }

    [Fact]
    public async Task What_is_in_use_is_not_moved()
    {
        await using var lab = await MoveLab.StartAsync();
        await using (await lab.StartOnSqliteAsync())
        {
            Assert.StartsWith("Another process of this program already uses the data folder", (await Assert.ThrowsAsync<StartRefusedException>(() => lab.ThereAsync())).Message, StringComparison.Ordinal);
        }

        await lab.ThereAsync();
        await using (await lab.StartOnPostgreSqlAsync())
        {
            Assert.EndsWith("a process of this program is connected to it. Stop it first.", (await Assert.ThrowsAsync<StartRefusedException>(lab.BackAsync)).Message, StringComparison.Ordinal);
        }

        await lab.BackAsync();
    }

    [Fact]
    public async Task A_row_that_did_not_arrive_as_it_was_stops_the_move()
    {
        await using var lab = await MoveLab.StartAsync();
        await lab.FillAsync();
        await using (var there = await lab.OpenPostgreSqlAsync())
        {
            await there.Db.Database.ExecuteSqlRawAsync(
                """
                CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW."To" := NEW."To" || '.'; RETURN NEW; END $$;
                CREATE TRIGGER bend BEFORE INSERT ON "Notifications" FOR EACH ROW EXECUTE FUNCTION bend()
                """, Ct);
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => lab.ThereAsync());

        Assert.StartsWith("Notifications is not the same on both sides (6:", refused.Message, StringComparison.Ordinal);
        await (await lab.StartOnSqliteAsync()).DisposeAsync();
        await Assert.ThrowsAsync<StartRefusedException>(lab.StartOnPostgreSqlAsync);
    }
}
