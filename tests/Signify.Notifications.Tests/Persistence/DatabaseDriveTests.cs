using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Persistence;

/// <summary>An embedded database on a network file system is warned of at start.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class DatabaseDriveTests
{
    [Theory]
    [InlineData(DriveType.Network, true)]
    [InlineData(DriveType.Fixed, false)]
    [InlineData(DriveType.Ram, false)]
    [InlineData(DriveType.Unknown, false)]
    public async Task A_network_drive_is_warned_of_by_its_folder(DriveType type, bool warns)
    {
        using var folder = new TestFolder();

        await using var library = await TestLibrary.StartAsync(folder, more: services => services.AddSingleton<DriveTypeReader>(_ => type));

        Assert.Equal(warns, library.Get<DatabaseDrive>().IsNetwork);
        Assert.Equal(warns, library.Logs.Lines.Any(l => l.Contains($"The data folder {folder.Data} is on a network file system", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_folder_of_this_test_is_examined_for_real_and_is_local()
    {
        using var folder = new TestFolder();
        await using var library = await TestLibrary.StartAsync(folder);

        var type = library.Get<DriveTypeReader>()(folder.Data);

        Assert.Contains(type, new[] { DriveType.Fixed, DriveType.Ram });
        Assert.False(library.Get<DatabaseDrive>().IsNetwork);
    }
}
