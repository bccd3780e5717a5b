using System.Text;
using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>After a whole run nothing that a browser received, the program printed or the data folder holds contains a secret used in it.</summary>
public sealed class SecretSweepTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string ClientSecret = "Xy78Q~sweepSweepSweepSweepSweepSweep0123";
    private const string RelayPassword = "relay-Passw0rd-4411";

    [Fact]
    public async Task No_secret_of_a_run_is_left_anywhere()
    {
        await using var program = await RunningProgram.StartAsync(
            ("Logging__LogLevel__Default", "Debug"), ("Logging__LogLevel__Microsoft.AspNetCore.DataProtection", "Information"));
        await using var ada = await Person.WithAsync(chromium, program);
        var link = await program.SetUpLinkAsync();
        await ada.SetUpAsync(program);

        await SaveWithAsync(ada, ClientSecret);
        await ada.SaveStateAsync("graph-only");
        await SaveRelayAsync(ada);
        foreach (var page in new[] { "/gear/ruleset/notifications", "/gear/ruleset/notifications/history", "/gear/system/auditlog" })
        {
            await ada.Page.GotoAsync(page);
        }

        var data = ReadAll(program.DataFolder);
        foreach (var secret in new[] { ClientSecret, RelayPassword, Accounts.AdminPassword })
        {
            Assert.All(Spellings(secret), spelling =>
            {
                Assert.DoesNotContain(spelling, ada.Received, StringComparison.Ordinal);
                Assert.DoesNotContain(spelling, program.Output, StringComparison.Ordinal);
                Assert.DoesNotContain(spelling, data, StringComparison.Ordinal);
            });
        }

        Assert.DoesNotContain("eyJ", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Fragment["#token=".Length..], data, StringComparison.Ordinal);
        // The sweep itself works: it sees what is really there.
        Assert.Contains("Sending with", ada.Received, StringComparison.Ordinal);
        Assert.Contains(Accounts.AdminEmail, data, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task SaveWithAsync(Person ada, string secret)
    {
        await ada.Page.GotoAsync("/gear/ruleset/notifications?use=all-granted");
        await ada.Page.GetByLabel("Client Secret", new() { Exact = true }).FillAsync(secret);
        await ada.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await ada.Page.Locator("#check[data-state=failed]").WaitForAsync();
    }

    private static async Task SaveRelayAsync(Person ada)
    {
        await ada.Page.GotoAsync("/gear/ruleset/notifications");
        await ada.Page.GetByLabel("Token-Based Authentication").UncheckAsync();
        await ada.Page.GetByLabel("Server Name", new() { Exact = true }).FillAsync("127.0.0.1");
        await ada.Page.GetByLabel("User Name", new() { Exact = true }).FillAsync("payroll");
        await ada.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(RelayPassword);
        await ada.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await ada.Page.Locator("#check[data-state=failed]").WaitForAsync();
    }

    private static IEnumerable<string> Spellings(string secret) =>
        [secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), secret.Replace("~", "\\u007E", StringComparison.Ordinal)];

    private static string ReadAll(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
