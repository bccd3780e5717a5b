using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Signify.Notifications.Sandbox.Pages;

namespace Signify.Notifications.Sandbox.Tests;

public sealed class SandboxProductionTests(RunningSandbox sandbox)
{
    [Fact]
    public async Task The_sandbox_does_not_start_in_Production()
    {
        var options = RunningSandbox.NewOptions();
        options.EnvironmentName = Environments.Production;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SandboxHost.StartAsync(options, TimeProvider.System, null, TestContext.Current.CancellationToken));

        Assert.Contains("Production", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(options.DataDirectory));
    }

    [Fact]
    public void Its_pages_are_not_added_in_Production()
    {
        var environment = new HostingEnvironment { EnvironmentName = "production" };

        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSandboxPages(environment, sandbox.Host, hostedInProduct: true));
    }

    [Fact]
    public async Task Alone_it_does_not_start_in_Production() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => SandboxProgram.Main(["--environment", "Production"]));
}
