using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The three ways to sign in, in a real browser, with and without scripts.</summary>
public sealed class CredentialsTests(HostWithIdentity shared) : IClassFixture<HostWithIdentity>
{
    private const string Standby = "uF68Q~kX3dPz7NwVbR1sQm5YtLc9HjEg0AoIeTf2";

    [Theory]
    [InlineData(false, 1440, true)]
    [InlineData(true, 1440, true)]
    [InlineData(false, 360, false)]
    [InlineData(true, 360, true)]
    public async Task Each_way_shows_what_it_needs_and_a_person_gets_through(bool dark, int width, bool script)
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions { Dark = dark, Width = width, JavaScript = script });
        var name = $"{(dark ? "dark" : "light")}-{width}";
        var page = ada.Page;

        await page.GotoAsync("/gear/ruleset/notifications?use=all-granted");
        await page.Locator("#standby > summary").ClickAsync();
        await page.GetByLabel("Standby Client Secret").FillAsync(Standby);
        await LookAsync(page, script, $"credential-secret-{name}");
        await SaveAsync(page);
        await Expect(page.Locator("#standbySecret-help")).ToContainTextAsync("fingerprint");
        await LookAsync(page, script, $"credential-standby-stored-{name}");

        await page.GetByLabel("Workload identity").CheckAsync();
        await Expect(page.Locator(".when-workload")).ToContainTextAsync("This host can vouch");
        await LookAsync(page, script, $"credential-workload-{name}");

        await page.Locator("#credential-certificate").CheckAsync();
        await page.Locator("#upload > summary").ClickAsync();
        await Expect(page.GetByLabel("Client Secret", new() { Exact = true })).ToBeHiddenAsync();
        using var pair = TestPairs.Make();
        await page.GetByLabel("Certificate file").SetInputFilesAsync(new FilePayload { Name = "hr.pfx", MimeType = "application/x-pkcs12", Buffer = pair.Export(X509ContentType.Pfx, TestPairs.Password) });
        await page.GetByLabel("Password of the file").FillAsync("another");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("#clientCertificatePassword-messages")).ToContainTextAsync("does not open the certificate");
        await LookAsync(page, script, $"credential-certificate-wrong-password-{name}");

        await page.GetByLabel("Certificate file").SetInputFilesAsync(new FilePayload { Name = "hr.pfx", MimeType = "application/x-pkcs12", Buffer = pair.Export(X509ContentType.Pfx, TestPairs.Password) });
        await page.GetByLabel("Password of the file").FillAsync(TestPairs.Password);
        await SaveAsync(page);
        await Expect(page.Locator(".stored-certificate")).ToContainTextAsync(pair.Thumbprint);

        await page.GetByLabel("Generate a new self-signed pair when I save").CheckAsync();
        await SaveAsync(page);
        await Expect(page.Locator(".stored-certificate")).ToContainTextAsync("Made here");
        await LookAsync(page, script, $"credential-certificate-{name}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download the .cer for Entra" }).ClickAsync());
        using var handedOut = X509CertificateLoader.LoadCertificateFromFile(await download.PathAsync());
        Assert.False(handedOut.HasPrivateKey);
        Assert.DoesNotContain(ada.Complaints, c => !c.Contains("422", StringComparison.Ordinal));
        Assert.DoesNotContain(Standby, ada.Received, StringComparison.Ordinal);
        Assert.DoesNotContain(TestPairs.Password, ada.Received, StringComparison.Ordinal);
    }

    private static async Task SaveAsync(IPage page)
    {
        var saved = page.WaitForResponseAsync(r => r.Request.Method == "POST" && r.Status == 302);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await saved;
        await page.Locator("#check[data-state]:not([data-state=running])").WaitForAsync();
    }

    private static async Task LookAsync(IPage page, bool script, string name)
    {
        await page.TakeAsync(name);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name} is wider than the screen.");
        if (!script)
        {
            return;     // axe needs one itself
        }

        Assert.Empty((await page.ViolationsAsync()).Select(v => $"{name}: {v}"));
    }
}
