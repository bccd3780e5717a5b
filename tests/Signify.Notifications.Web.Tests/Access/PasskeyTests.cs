using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class PasskeyTests
{
    [Fact]
    public async Task A_passkey_once_added_signs_in_without_a_password()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        var added = await (await program.SignedInAsync()).AddPasskeyAsync(device);
        var browser = program.NewBrowser();

        var page = await browser.SignInByPasskeyAsync(device);

        Assert.Contains("The passkey is added", added.Text, StringComparison.Ordinal);
        Assert.NotEqual("/account/signin", page.Address.AbsolutePath);
        Assert.Contains("Office laptop", (await browser.GetAsync(PasskeySteps.Page)).Html, StringComparison.Ordinal);
        Assert.StartsWith("passkey", (await program.ReadAuditAsync())[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passkey_with_a_wrong_signature_is_refused()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        await (await program.SignedInAsync()).AddPasskeyAsync(device);

        var page = await program.NewBrowser().SignInByPasskeyAsync(device, forge: true);

        Assert.Contains("This passkey was not accepted", page.Text, StringComparison.Ordinal);
        Assert.Equal(AuditAction.SignInFailed, (await program.ReadAuditAsync())[0].Action);
    }

    [Fact]
    public async Task A_passkey_of_another_site_is_not_added()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("https://evil.example");

        var page = await (await program.SignedInAsync()).AddPasskeyAsync(device);

        Assert.Contains("was not accepted", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_passkey_is_renamed_and_removed_and_then_opens_nothing()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        var browser = await program.SignedInAsync();
        await browser.AddPasskeyAsync(device);

        var renamed = await browser.SubmitAsync(await browser.GetAsync(PasskeySteps.Page), "form[action*=Rename]", ("name", "Kitchen tablet"));
        var removed = await browser.SubmitAsync(renamed, "form[action*=Remove]");

        Assert.Contains("Kitchen tablet", renamed.Html, StringComparison.Ordinal);
        Assert.Contains("The passkey is removed", removed.Text, StringComparison.Ordinal);
        Assert.Contains("This passkey was not accepted", (await program.NewBrowser().SignInByPasskeyAsync(device)).Text, StringComparison.Ordinal);
        Assert.Equal(AuditAction.PasskeyRemoved, (await program.ReadAuditAsync()).First(r => r.Action != AuditAction.SignInFailed).Action);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task An_answer_that_no_browser_gives_is_refused_and_breaks_nothing(string credential)
    {
        await using var program = await TestProgram.StartAsync();
        var browser = program.NewBrowser();
        var page = await browser.GetAsync("/account/signin");
        var unasked = await browser.SubmitAsync(page, "form[data-passkey]", ("credential", credential));
        await browser.PasskeyOptionsAsync(page);

        var refused = await browser.SubmitAsync(page, "form[data-passkey]", ("credential", credential));

        Assert.Contains("This passkey was not accepted", unasked.Text, StringComparison.Ordinal);
        Assert.Contains("This passkey was not accepted", refused.Text, StringComparison.Ordinal);
    }
}
