using System.Net;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access.Sessions;

/// <summary>A ruleset that requires two-factor authentication shows nothing to who signed in by password alone.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class TwoFactorRequiredTests
{
    private const string Required = "/account/profile/required";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_without_a_second_factor_is_led_to_set_it_up_before_anything_else()
    {
        await using var program = await TestProgram.StartAsync();
        var viewer = await program.SignedInViewerAsync();
        var users = await RequireAsync(program);

        foreach (var address in (string[])["/", "/overview", "/activity", "/mailings", "/gear/access/users", "/gear/ruleset/notifications"])
        {
            Assert.Equal(Required, (await viewer.GetAsync(address)).Address.AbsolutePath);
        }

        using var events = await viewer.Http.GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
        await SecondStepTests.SetUpAsync(viewer);

        Assert.Contains("Required", users.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, events.StatusCode);
        Assert.Equal("/overview", (await viewer.GetAsync("/overview")).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_passkey_counts_when_it_is_what_the_user_signs_in_with()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        var viewer = await program.SignedInViewerAsync();
        await RequireAsync(program);
        await viewer.AddPasskeyAsync(device);
        var added = await viewer.GetAsync("/overview");
        var byPassword = await program.SignedInAsync(TestProgram.ViewerEmail, TestProgram.ViewerPassword);
        var byPasskey = program.NewBrowser();
        await byPasskey.SignInByPasskeyAsync(device);

        var asked = await byPassword.GetAsync("/overview");
        var confirm = await byPassword.GetAsync("/account/confirm");
        await byPassword.SubmitAsync(confirm, "form[data-passkey]", ("credential", device.Get(await byPassword.PasskeyOptionsAsync(confirm))));

        Assert.Equal("/overview", added.Address.AbsolutePath);
        Assert.Equal(Required, asked.Address.AbsolutePath);
        Assert.Empty(confirm.Document.QuerySelectorAll("input[type=password]"));
        Assert.Equal("/overview", (await byPasskey.GetAsync("/overview")).Address.AbsolutePath);
        Assert.Equal("/overview", (await byPassword.GetAsync("/overview")).Address.AbsolutePath);
    }

    [Fact]
    public async Task It_is_an_administrators_switch_for_their_ruleset_and_is_logged()
    {
        await using var program = await TestProgram.StartAsync();
        await RequireAsync(program);

        var row = (await program.ReadAuditAsync()).First(r => r.Action == AuditAction.TwoFactorRequirementChanged);
        Assert.Equal("required", row.Details);
        Assert.Equal(HttpStatusCode.OK, (await program.NewApiClient().GetAsync(new Uri("/api/v1/settings", UriKind.Relative), Ct)).StatusCode);
    }

    [Theory]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)] // In Production PostgreSQL also needs a certificate for its keys.
    [InlineData("Production", null, true)]
    [InlineData("Staging", null, true)]
    [InlineData("Production", "false", false)]
    [InlineData("Development", null, false)]
    [InlineData("Development", "true", true)]
    public async Task A_new_installation_requires_it_by_default_but_in_Development(string environment, string? option, bool required)
    {
        await using var program = await StartNewAsync(environment, option);
        var browser = program.NewBrowser();

        var first = await SetUpTests.MakeAdministratorAsync(browser, SetUpTests.LinkOf(program));
        var before = (await browser.GetAsync("/gear/access/users")).Address.AbsolutePath;
        if (required)
        {
            await SecondStepTests.SetUpAsync(browser);
        }

        Assert.Equal(required ? Required : "/gear/ruleset/notifications", first.Address.AbsolutePath);
        Assert.Equal(required ? Required : "/gear/access/users", before);
        Assert.Equal("/gear/access/users", (await browser.GetAsync("/gear/access/users")).Address.AbsolutePath);
        var logged = (await program.ReadAuditAsync()).Where(r => r.Action == AuditAction.TwoFactorRequirementChanged).Select(r => (r.By, r.Details));
        Assert.Equal(required ? [("the set-up link", "required")] : [], logged);
    }

    [Theory]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)] // In Production PostgreSQL also needs a certificate for its keys.
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task A_new_ruleset_requires_it_by_default_but_in_Development(string environment, bool required)
    {
        await using var program = await StartNewAsync(environment, option: null);
        var browser = program.NewBrowser();
        await SetUpTests.MakeAdministratorAsync(browser, SetUpTests.LinkOf(program));
        await SecondStepTests.SetUpAsync(browser);

        await browser.SubmitAsync(await browser.GetAsync("/gear/rulesets/new"), "#new-ruleset", ("Name", "Fabrikam"));

        await using var db = program.NewContext();
        Assert.Equal(required, (await db.Set<Notifications.Rulesets.Ruleset>().SingleAsync(r => r.Name == "Fabrikam", Ct)).RequireTwoFactor);
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)] // In Production PostgreSQL also needs a certificate for its keys.
    public async Task An_installation_that_is_there_already_keeps_its_choice()
    {
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            await using (await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName }))
            {
            }

            await using var program = await TestProgram.StartAsync(
                new TestProgramOptions { DataDirectory = data.FullName, Environment = "Production", TwoFactorByEnvironment = true });

            Assert.Equal("/gear/access/users", (await (await program.SignedInAsync()).GetAsync("/gear/access/users")).Address.AbsolutePath);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Task<TestProgram> StartNewAsync(string environment, string? option) => TestProgram.StartAsync(new TestProgramOptions
    {
        Bootstrap = false,
        Environment = environment,
        TwoFactorByEnvironment = true,
        Settings = option is null ? new Dictionary<string, string>() : new() { ["Rulesets:RequireTwoFactor"] = option },
    });

    /// <returns>The page of users as it says that it is required: the administrator has a second factor.</returns>
    private static async Task<BrowserPage> RequireAsync(TestProgram program)
    {
        using var device = new SoftwareAuthenticator("http://localhost");
        var admin = program.NewBrowser();
        await admin.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);
        await admin.AddPasskeyAsync(device);
        return await admin.SubmitAsync(await admin.GetAsync("/gear/access/users"), "#two-factor");
    }
}
