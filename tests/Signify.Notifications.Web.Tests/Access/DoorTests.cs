using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Proxies in front, static files.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class DoorTests
{
    [Fact]
    public async Task Static_files_are_open_to_anyone()
    {
        await using var program = await TestProgram.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await program.NewBrowser().GetAsync("/js/passkeys.js")).Status);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "203.0.113.9")]
    [InlineData("192.0.2.0/24", "10.1.2.3")]
    [InlineData(null, "10.1.2.3")]
    public async Task A_forwarded_address_is_believed_from_a_known_proxy_only(string? known, string expected)
    {
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Settings = known is null ? [] : new Dictionary<string, string> { ["Proxies:Known:0"] = known },
            Services = services => services.AddSingleton<IStartupFilter>(new CameFrom(IPAddress.Parse("10.1.2.3"))),
        });
        var browser = program.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        await browser.SignInAsync(TestProgram.AdminEmail, "not the password at all");

        Assert.EndsWith("from " + expected, (await program.ReadAuditAsync())[0].Details, StringComparison.Ordinal);
    }
}
