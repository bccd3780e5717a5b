using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Everything_stored_is_for_the_owner_alone()
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        library.Get<SecretProtector>().Close(new SecretText("x"), TestLibrary.Ruleset, "password", "anna");

        Assert.Equal(OwnerFolder, File.GetUnixFileMode(_folder.Data));
        Assert.Equal(OwnerFolder, File.GetUnixFileMode(Path.Combine(_folder.Data, "keys")));
        Assert.All(Directory.EnumerateFiles(_folder.Data, "*", SearchOption.AllDirectories), file => Assert.Equal((file, OwnerFile), (file, File.GetUnixFileMode(file))));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_others_could_read_is_closed_to_them()
    {
        Directory.CreateDirectory(_folder.Data, OwnerFolder | UnixFileMode.OtherRead | UnixFileMode.GroupRead);

        using var held = DataFolder.Open(_folder.Data);

        Assert.Equal(OwnerFolder, File.GetUnixFileMode(_folder.Data));
    }

    [Fact]
    public void A_second_holder_is_refused_with_what_to_do_and_may_come_when_the_first_has_left()
    {
        using (DataFolder.Open(_folder.Data))
        {
            var refused = Assert.Throws<StartRefusedException>(() => DataFolder.Open(_folder.Data));
            Assert.Contains(_folder.Data, refused.Message, StringComparison.Ordinal);
            Assert.Contains("Data:Directory", refused.Message, StringComparison.Ordinal);
        }

        DataFolder.Open(_folder.Data).Dispose();
    }

    [Fact]
    public async Task A_program_that_has_ended_leaves_the_folder_to_the_next()
    {
        await using (await TestLibrary.StartAsync(_folder))
        {
            Assert.Throws<StartRefusedException>(() => DataFolder.Open(_folder.Data));
        }

        DataFolder.Open(_folder.Data).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_refuses_the_start()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "");

        Assert.Throws<StartRefusedException>(() => DataFolder.Open(Path.Combine(_folder.Path, "file")));
    }

    [Fact]
    public async Task A_damaged_database_refuses_the_start_and_says_where_it_lies()
    {
        Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "notifications.db"), new string('x', 5000), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestLibrary.StartAsync(_folder));

        Assert.Contains(_folder.Data, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Database:Provider", "PostgreSql")]
    [InlineData("Keys:Certificate", "/no/such/file.pfx")]
    [InlineData("Clouds:Lab:Authority", "http://login.example.com")]
    [InlineData("Clouds:Lab:Graph", "ftp://graph.example.com")]
    [InlineData("Clouds:Lab:SmtpHost", "mail.example.com:587")]
    [InlineData("Clouds:Lab:TrustedRoots", "/no/such/file.pem")]
    public void A_configuration_that_cannot_work_refuses_the_start_and_names_the_key(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _folder.Data), new(key, value)]).Build();

        var refused = Assert.Throws<StartRefusedException>(() => new ServiceCollection().AddNotifications(configuration, _folder.Path));

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }
}
