using Microsoft.Extensions.Hosting;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Tests.Hosting;

public sealed class HostedServicesTests
{
    /// <summary>A new hosted service with a loop of its own fails here until it derives from the class that keeps the rule.</summary>
    [Fact]
    public void Every_hosted_service_of_the_host_is_resilient_or_has_no_loop()
    {
        var types = typeof(Program).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IHostedService)));

        Assert.Equal(["StopsWithProgram"], types.Where(t => !t.IsSubclassOf(typeof(ResilientService))).Select(t => t.Name));
    }
}
