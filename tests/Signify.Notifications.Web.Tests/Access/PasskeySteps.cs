using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>What passkeys.js and a device do together.</summary>
internal static class PasskeySteps
{
    public const string Page = "/account/profile/passkeys";

    public static async Task<BrowserPage> AddPasskeyAsync(this BrowserClient browser, SoftwareAuthenticator device)
    {
        var page = await browser.GetAsync(Page);
        return await browser.SubmitAsync(page, "form[data-passkey]", ("name", "Office laptop"), ("credential", device.Create(await browser.PasskeyOptionsAsync(page))));
    }

    public static async Task<BrowserPage> SignInByPasskeyAsync(this BrowserClient browser, SoftwareAuthenticator device, bool forge = false)
    {
        var page = await browser.GetAsync("/account/signin");
        return await browser.SubmitAsync(page, "form[data-passkey]", ("credential", device.Get(await browser.PasskeyOptionsAsync(page), forge)));
    }

    /// <summary>What passkeys.js does before it asks the device.</summary>
    public static async Task<string> PasskeyOptionsAsync(this BrowserClient browser, BrowserPage page)
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
