using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Passwords;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Tests.Alerts;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Wherever a password is set, one that the service lists is refused, and another is accepted then.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class BreachedPasswordPagesTests
{
    private const string Stolen = "three stolen green lamps";
    private const string Refused = "public lists";

#pragma warning disable CA5350 // The service's own hash.
    private static readonly string Hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(Stolen)));
#pragma warning restore CA5350

    [Fact]
    public async Task The_first_administrator_and_an_invited_user_cannot_choose_it()
    {
        await using var service = await ServiceAsync();
        await using var program = await StartAsync(service, bootstrap: false);
        var admin = program.NewBrowser();
        var setUp = await admin.OpenLinkAsync(SetUpTests.LinkOf(program));
        var first = await admin.SubmitAsync(setUp, "form", [("Form.Email", TestProgram.AdminEmail), .. Twice(Stolen)]);
        await admin.SubmitAsync(first, "form", [("Form.Email", TestProgram.AdminEmail), .. Twice(TestProgram.AdminPassword)]);
        var added = await admin.SubmitAsync(
            await admin.GetAsync("/gear/access/users"), "#add-user", ("Email", TestProgram.ViewerEmail), ("Role", "Viewer"));
        var invited = program.NewBrowser();
        var link = await invited.OpenLinkAsync(added.Find("#link").GetAttribute("value")!);

        var refused = await invited.SubmitAsync(link, "form", Twice(Stolen));
        var accepted = await invited.SubmitAsync(refused, "form", Twice(TestProgram.ViewerPassword));

        Assert.Contains(Refused, first.Find("#new-password-error").TextContent, StringComparison.Ordinal);
        Assert.Contains(Refused, refused.Find("#new-password-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("Your password is set", accepted.Text, StringComparison.Ordinal);
        AssertPrefixesOnly(service, calls: 4);
    }

    [Fact]
    public async Task A_user_cannot_change_to_it_and_a_wrong_present_password_asks_nothing()
    {
        await using var service = await ServiceAsync();
        await using var program = await StartAsync(service);
        var browser = await program.SignedInAsync();
        var bootstrapped = service.Calls.Count;

        var wrong = await ChangeAsync(browser, "not my password", Stolen);
        var askedByWrong = service.Calls.Count;
        var refused = await ChangeAsync(browser, TestProgram.AdminPassword, Stolen);
        var accepted = await ChangeAsync(browser, TestProgram.AdminPassword, "four loud yellow drums");

        Assert.DoesNotContain(Refused, wrong.Text, StringComparison.Ordinal);
        Assert.Equal(bootstrapped, askedByWrong);
        Assert.Contains(Refused, refused.Find("#new-password-error").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Refused, accepted.Text, StringComparison.Ordinal);
        await program.SignedInAsync(TestProgram.AdminEmail, "four loud yellow drums");
        AssertPrefixesOnly(service, bootstrapped + 2);
    }

    [Fact]
    public async Task The_configured_administrator_cannot_have_it()
    {
        await using var service = await ServiceAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(service, settings: ("Bootstrap:AdminPassword", Stolen)));

        Assert.Contains(Refused, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Stolen, refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", PasswordOptions.PublicService, true)]
    [InlineData("Staging", PasswordOptions.PublicService, true)]
    [InlineData("Development", "", false)]
    [InlineData("Test", "", false)]
    public void Outside_Development_and_Test_the_check_and_two_factor_authentication_are_the_default(string environment, string address, bool twoFactor)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.AddSecureDefaults();
        using var services = builder.Services.BuildServiceProvider();

        Assert.Equal(address, services.GetRequiredService<IOptions<PasswordOptions>>().Value.BreachedAddress);
        Assert.Equal(twoFactor, services.GetRequiredService<IOptions<NewRulesetOptions>>().Value.RequireTwoFactor);
    }

    private static (string, string)[] Twice(string password) => [("Form.Password", password), ("Form.Repeated", password)];

    private static async Task<BrowserPage> ChangeAsync(BrowserClient browser, string present, string wanted) => await browser.SubmitAsync(
        await browser.GetAsync("/account/profile/password"), "#change-password", [("Present", present), .. Twice(wanted)]);

    private static async Task<WebhookReceiver> ServiceAsync()
    {
        var service = await WebhookReceiver.StartAsync();
        service.Answer = context => context.Response.WriteAsync($"{new string('0', 35)}:2\r\n{Hash[5..]}:12\r\n");
        return service;
    }

    private static Task<TestProgram> StartAsync(WebhookReceiver service, bool bootstrap = true, params (string Key, string Value)[] settings) =>
        TestProgram.StartAsync(new TestProgramOptions
        {
            Bootstrap = bootstrap,
            Settings = settings.Append(("Passwords:BreachedAddress", $"{new Uri(service.Address, "range")}")).ToDictionary(s => s.Item1, s => s.Item2),
        });

    private static void AssertPrefixesOnly(WebhookReceiver service, int calls)
    {
        Assert.Equal(calls, service.Calls.Count);
        Assert.All(service.Calls, call =>
        {
            Assert.Matches("^/range/[0-9A-F]{5}$", call.Path);
            Assert.Equal(("true", ""), (call.Headers["Add-Padding"], call.Body));
        });
    }
}
