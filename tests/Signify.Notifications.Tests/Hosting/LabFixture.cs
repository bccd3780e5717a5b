namespace Signify.Notifications.Tests.Hosting;

/// <summary>One lab for all tests of a class that leave no trace in it.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    public Lab Lab { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Lab = await Lab.StartAsync();

    public ValueTask DisposeAsync() => Lab.DisposeAsync();
}
