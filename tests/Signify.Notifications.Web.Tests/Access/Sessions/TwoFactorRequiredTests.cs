using System.Net;
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
