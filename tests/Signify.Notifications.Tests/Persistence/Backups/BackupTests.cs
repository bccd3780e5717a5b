using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence.Backups;

/// <summary>What an operator meets when a backup is made or put back: on files of a real data folder.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class BackupTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    private string Data => _folder.Data;

    private string Copy => Path.Combine(_folder.Path, "copy");

    private string Other => Path.Combine(_folder.Path, "other");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        Directory.CreateDirectory(Path.Combine(Data, "drafts", "d1"));
        await File.WriteAllTextAsync(Path.Combine(Data, "drafts", "d1", "draft.json"), "{}", Ct);
        await File.WriteAllTextAsync(Path.Combine(Data, "keys", "key-1.xml"), "<key/>", Ct);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_backup_of_a_stopped_program_comes_back_file_by_file_open_to_its_owner_alone()
    {
        var made = await TakeAsync();
        var restored = await RestoreAsync();

        Assert.Equal(made.TakenAt, restored.TakenAt);
        Assert.Equal(["drafts/d1/draft.json", "keys/key-1.xml", "notifications.db"], made.Files.Select(f => f.Path));
        Assert.Equal("<key/>", await File.ReadAllTextAsync(Path.Combine(Other, "keys", "key-1.xml"), Ct));
        Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(Other, "drafts", "d1", "draft.json"), Ct));
        AssertPrivate(Copy);
        AssertPrivate(Other);
    }

    [Fact]
    public async Task A_backup_beside_the_running_program_has_what_lies_in_the_log_still()
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        var added = await library.AddRulesetAsync("Just now");

        await TakeAsync();
        await RestoreAsync();

        Assert.Equal(added.ToString().ToUpperInvariant(), Ask(Path.Combine(Other, "notifications.db"), """SELECT "Id" FROM "Rulesets" WHERE "Name" = 'Just now'"""));
        Assert.Equal("ok", Ask(Path.Combine(Other, "notifications.db"), "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_backup_holds_no_session_so_that_none_comes_back_that_was_ended_since()
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        await using (var db = library.NewContext())
        {
            var user = new User { UserName = "ada", Email = "ada@contoso.example" };
            db.Add(user);
            await db.SaveChangesAsync(Ct);
            var token = await library.Get<UserSessions>().StartAsync(user.Id, multiFactor: false, new SessionOrigin("Firefox on Linux", "192.0.2.77"), Ct);
            Assert.NotNull(await library.Get<UserSessions>().FindAsync(token, new SessionOrigin("Firefox on Linux", "192.0.2.77"), Ct));
        }

        await TakeAsync();
        await RestoreAsync();

        var restored = Path.Combine(Other, "notifications.db");
        Assert.Equal("1", Ask(restored, """SELECT COUNT(*) FROM "Users" """));
        Assert.Equal("0", Ask(restored, """SELECT COUNT(*) FROM "Sessions" """));
        Assert.DoesNotContain("192.0.2.77", await File.ReadAllTextAsync(Path.Combine(Copy, "notifications.db"), System.Text.Encoding.Latin1, Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notifications.db")]
    [InlineData("keys/key-1.xml")]
    [InlineData("drafts/d1/draft.json")]
    public async Task A_file_that_was_cut_off_changed_or_lost_is_named_and_nothing_is_restored(string file)
    {
        await TakeAsync();
        var path = Path.Combine(Copy, file);
        var whole = await File.ReadAllBytesAsync(path, Ct);

        await File.WriteAllBytesAsync(path, whole[..^1], Ct);
        await RefusedAsync($"This backup is damaged: {file} is not as it was");
        whole[whole.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, whole, Ct);
        await RefusedAsync($"This backup is damaged: {file} is not as it was");
        File.Delete(path);
        await RefusedAsync($"This backup is damaged: {file} is missing");

        Assert.False(Directory.Exists(Other));
    }

    [Fact]
    public async Task A_folder_without_its_list_or_with_a_broken_one_is_no_backup()
    {
        Directory.CreateDirectory(Copy);
        await RefusedAsync("holds no backup: there is no backup.json");
        await File.WriteAllTextAsync(Path.Combine(Copy, "backup.json"), "{\"format\": 1, \"files\": [", Ct);
        await RefusedAsync("backup.json is damaged: it cannot be read");
        await File.WriteAllTextAsync(Path.Combine(Copy, "backup.json"), "{}", Ct);
        await RefusedAsync("backup.json is damaged: it does not say");
    }

    [Theory]
    [InlineData("format", 3)]
    [InlineData("migration", "29991231235959_Later")]
    public async Task A_newer_programs_backup_is_refused_with_its_version(string field, object value)
    {
        await TakeAsync();
        Edit(list => (list["program"], list[field]) = ("9.9.9", JsonValue.Create(value)));

        await RefusedAsync("This backup was made by version 9.9.9, which is newer than this program");
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("keys/../../outside.txt")]
    [InlineData("/etc/outside.txt")]
    [InlineData("keys/..")]
    [InlineData("elsewhere/key-1.xml")]
    public async Task A_list_that_names_files_outside_the_folder_is_refused(string path)
    {
        await TakeAsync();
        Edit(list => list["files"]!.AsArray().Add(new JsonObject { ["path"] = path, ["length"] = 0, ["sha256"] = "" }));

        await RefusedAsync($"This backup is damaged: {path} is no file of a backup");
    }

    [Theory]
    [InlineData("notifications.db")]
    [InlineData("notifications.db-wal")]
    [InlineData("keys/key-2.xml")]
    public async Task A_data_folder_with_anything_in_it_is_left_alone(string there)
    {
        await TakeAsync();
        Directory.CreateDirectory(Path.Combine(Other, "keys"));
        await File.WriteAllTextAsync(Path.Combine(Other, there), "mine", Ct);

        await RefusedAsync($"The data folder {Other} is not empty");

        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(Other, there), Ct));
    }

    [Fact]
    public async Task A_data_folder_in_use_is_refused()
    {
        await TakeAsync();
        using var held = DataFolder.Open(Other);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(RestoreAsync);

        Assert.StartsWith("Another process of this program already uses the data folder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_goes_where_nothing_is_and_never_into_the_data_folder()
    {
        await TakeAsync();

        Assert.Contains("exists already", (await Assert.ThrowsAsync<BackupRefusedException>(TakeAsync)).Message, StringComparison.Ordinal);
        Assert.Contains("lies in the data folder itself", (await NotTakenAsync(Path.Combine(Data, "copy"))).Message, StringComparison.Ordinal);
        var nothing = await Assert.ThrowsAsync<BackupRefusedException>(() => new BackupTaking(Other, Path.Combine(Other, "notifications.db"), TimeProvider.System).TakeAsync(Copy + "2", Ct));
        Assert.StartsWith("There is no database at", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_not_backed_up_as_if_it_were_whole()
    {
        using (var pooled = new SqliteConnection($"Data Source={Path.Combine(Data, "notifications.db")}"))
        {
            // Kept open, the log would hold whole pages in the place of those that are damaged here.
            SqliteConnection.ClearPool(pooled);
        }

        await using (var file = File.OpenWrite(Path.Combine(Data, "notifications.db")))
        {
            // Past the first pages, in the middle of tables and indexes.
            file.Position = 4096 * 10;
            file.Write(new byte[4096 * 20]);
        }

        var refused = await Assert.ThrowsAsync<BackupRefusedException>(TakeAsync);

        Assert.StartsWith("The database is damaged", refused.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(Copy) || Path.Exists(Copy + ".partial"));
    }

    [Fact]
    public async Task Where_backups_collect_the_newest_stay_and_nothing_else_is_touched()
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder.Path, "shelf")).FullName;
        foreach (var name in (string[])["2026-11-20T000000Z", "2026-11-21T000000Z", "2026-11-22T000000Z", "mine"])
        {
            Directory.CreateDirectory(Path.Combine(root, name));
            await File.WriteAllTextAsync(Path.Combine(root, name, "backup.json"), "{}", Ct);
        }

        Directory.CreateDirectory(Path.Combine(root, "2026-11-19T000000Z"));

        Assert.Equal(1, new BackupShelf(root, TimeProvider.System).Tidy(keep: 2));

        Assert.Equal(["2026-11-19T000000Z", "2026-11-21T000000Z", "2026-11-22T000000Z", "mine"], Directory.GetDirectories(root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private Task<BackupManifest> TakeAsync() => new BackupTaking(Data, Path.Combine(Data, "notifications.db"), TimeProvider.System).TakeAsync(Copy, Ct);

    private Task<BackupRefusedException> NotTakenAsync(string target) =>
        Assert.ThrowsAsync<BackupRefusedException>(() => new BackupTaking(Data, Path.Combine(Data, "notifications.db"), TimeProvider.System).TakeAsync(target, Ct));

    private Task<BackupManifest> RestoreAsync() => new BackupRestoring(Other, Path.Combine(Other, "notifications.db")).RestoreAsync(Copy, resume: false, Ct);

    private async Task RefusedAsync(string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<BackupRefusedException>(RestoreAsync)).Message, StringComparison.Ordinal);

    private void Edit(Action<JsonNode> change)
    {
        var file = Path.Combine(Copy, "backup.json");
        var list = JsonNode.Parse(File.ReadAllText(file))!;
        change(list);
        File.WriteAllText(file, list.ToJsonString());
    }

    private static void AssertPrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private static string? Ask(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
