using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Checks;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>The settings page in the hands of a person.</summary>
internal sealed class SettingsScreen(TestProgram program, BrowserClient browser)
{
    public const string Address = "/gear/ruleset/notifications";

    public BrowserClient Browser => browser;

    public static async Task<SettingsScreen> OpenAsync(TestProgram program) => new(program, await program.SignedInAsync());

    public static (string Name, string Value)[] Values(SandboxScenario s, params (string Name, string Value)[] others)
    {
        (string Name, string Value)[] values =
        [
            ("serverName", s.ServerName), ("port", s.Port.ToString(CultureInfo.InvariantCulture)), ("timeoutSeconds", s.TimeoutSeconds.ToString(CultureInfo.InvariantCulture)),
            ("batchSize", s.BatchSize), ("fromEmail", s.FromEmail), ("clientId", s.ClientId), ("clientSecret", s.ClientSecret), ("secretExpiresOn", "2999-12-31"), ("credential", "secret"), ("tenantId", s.TenantId),
            ("cloud", s.Cloud), ("route", s.Route), ("useOwnSmtpDetails", "true"), ("credentialsRequired", "true"), ("tokenBasedAuthentication", "true"),
        ];
        return [.. values.Where(v => others.All(o => o.Name != v.Name)), .. others];
    }

    public Task<BrowserPage> ReadAsync() => browser.GetAsync(Address);

    /// <summary>Fills the form in and clicks Save: the page that comes at once.</summary>
    public async Task<BrowserPage> SaveAsync(params (string Name, string Value)[] values) => await browser.SubmitAsync(await ReadAsync(), "#settings", values);

    /// <summary>Save, and the page once the check has ended.</summary>
    public async Task<BrowserPage> SaveToTheEndAsync(params (string Name, string Value)[] values)
    {
        await SaveAsync(values);
        return await SettledAsync();
    }

    public async Task<BrowserPage> SettledAsync()
    {
        if (program.Services.GetRequiredService<CheckRunner>().Find(Signify.Notifications.Rulesets.Ruleset.DefaultId) is { } running)
        {
            await running.Completion.WaitAsync(TestContext.Current.CancellationToken);
        }

        return await ReadAsync();
    }

    public Task<SettingsOverview> StoredAsync() =>
        program.Services.GetRequiredService<SettingsStore>().ReadAsync(Signify.Notifications.Rulesets.Ruleset.DefaultId, TestContext.Current.CancellationToken);

    /// <summary>The secret as it is stored now, opened.</summary>
    public string? StoredSecret(SettingsRevision revision) =>
        program.Services.GetRequiredService<SettingsStore>().Open(revision).ClientSecret?.Reveal();
}
