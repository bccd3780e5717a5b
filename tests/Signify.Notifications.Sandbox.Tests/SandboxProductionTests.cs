using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Signify.Notifications.Sandbox.Pages;

namespace Signify.Notifications.Sandbox.Tests;

public sealed class SandboxProductionTests(RunningSandbox sandbox)
{
    [Theory]
    [InlineData("Production")]
    [InlineData("production")]
    [InlineData("Staging")]
    [InlineData("Live")]
    [InlineData("")]
    public async Task The_sandbox_does_not_start_in_an_environment_that_may_be_a_production_one(string environment)
    {
        var options = RunningSandbox.NewOptions();
        options.EnvironmentName = environment;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SandboxHost.StartAsync(options, TimeProvider.System, null, TestContext.Current.CancellationToken));

        Assert.Contains($"the environment {environment}", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(options.DataDirectory));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Test")]
    public void It_may_run_where_the_environment_is_named_for_that(string environment) => SandboxProduction.Refuse(environment);

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
