using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class PasskeyTests
{
    private const string Passkeys = "/account/profile/passkeys";

    [Fact]
    public async Task A_passkey_once_added_signs_in_without_a_password()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        var added = await AddAsync(await program.SignedInAsync(), device);
        var browser = program.NewBrowser();

        var page = await SignInAsync(browser, device);

        Assert.Contains("The passkey is added", added.Text, StringComparison.Ordinal);
        Assert.NotEqual("/account/signin", page.Address.AbsolutePath);
        Assert.Contains("Office laptop", (await browser.GetAsync(Passkeys)).Html, StringComparison.Ordinal);
        Assert.StartsWith("passkey", (await program.ReadAuditAsync())[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passkey_with_a_wrong_signature_is_refused()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        await AddAsync(await program.SignedInAsync(), device);

        var page = await SignInAsync(program.NewBrowser(), device, forge: true);

        Assert.Contains("This passkey was not accepted", page.Text, StringComparison.Ordinal);
        Assert.Equal(AuditAction.SignInFailed, (await program.ReadAuditAsync())[0].Action);
    }

    [Fact]
    public async Task A_passkey_of_another_site_is_not_added()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("https://evil.example");

        var page = await AddAsync(await program.SignedInAsync(), device);

        Assert.Contains("was not accepted", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task A_passkey_is_renamed_and_removed_and_then_opens_nothing()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        var browser = await program.SignedInAsync();
        await AddAsync(browser, device);

        var renamed = await browser.SubmitAsync(await browser.GetAsync(Passkeys), "form[action*=Rename]", ("name", "Kitchen tablet"));
        var removed = await browser.SubmitAsync(renamed, "form[action*=Remove]");

        Assert.Contains("Kitchen tablet", renamed.Html, StringComparison.Ordinal);
        Assert.Contains("The passkey is removed", removed.Text, StringComparison.Ordinal);
        Assert.Contains("This passkey was not accepted", (await SignInAsync(program.NewBrowser(), device)).Text, StringComparison.Ordinal);
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
        await OptionsAsync(browser, page);

        var refused = await browser.SubmitAsync(page, "form[data-passkey]", ("credential", credential));

        Assert.Contains("This passkey was not accepted", unasked.Text, StringComparison.Ordinal);
        Assert.Contains("This passkey was not accepted", refused.Text, StringComparison.Ordinal);
    }

    private static async Task<BrowserPage> AddAsync(BrowserClient browser, SoftwareAuthenticator device)
    {
        var page = await browser.GetAsync(Passkeys);
        return await browser.SubmitAsync(page, "form[data-passkey]", ("name", "Office laptop"), ("credential", device.Create(await OptionsAsync(browser, page))));
    }

    private static async Task<BrowserPage> SignInAsync(BrowserClient browser, SoftwareAuthenticator device, bool forge = false)
    {
        var page = await browser.GetAsync("/account/signin");
        return await browser.SubmitAsync(page, "form[data-passkey]", ("credential", device.Get(await OptionsAsync(browser, page), forge)));
    }

    /// <summary>What passkeys.js does before it asks the device.</summary>
    private static async Task<string> OptionsAsync(BrowserClient browser, BrowserPage page)
    {
        var form = page.Find("form[data-passkey]");
        using var token = new FormUrlEncodedContent(
            [KeyValuePair.Create("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        var address = new Uri(form.GetAttribute("data-options")!, UriKind.Relative);
        using var answer = await browser.Http.PostAsync(address, token, TestContext.Current.CancellationToken);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
