using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Scenarios;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>The program in Development with the sandbox on free ports, shared by the tests of one class.</summary>
public sealed class SandboxProgram : IAsyncLifetime
{
    private TestProgram? _program;

    public TestProgram Program => _program ?? throw new InvalidOperationException("Not started.");

    public SandboxHost Sandbox => Program.Services.GetRequiredService<SandboxHost>();

    public async ValueTask InitializeAsync() => _program = await TestProgram.StartAsync(SandboxSettings());

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
    }

    public static (string, string)[] SandboxSettings() =>
    [
        ("Sandbox:Enabled", "true"), ("Sandbox:EnforceLimits", "false"), ("Sandbox:HttpsPort", "0"), ("Sandbox:SmtpPort", "0"),
        ("Sandbox:UntrustedSmtpPort", "0"), ("Sandbox:FirstDoorPort", "0"), ("Sandbox:BlockedSmtpPort", "0"),
        ("RateLimits:SignInsPerMinute", "1000"),
    ];

    public SandboxScenario Scenario(string id) => Sandbox.Scenarios.Single(s => s.Id == id);

    public Task<(int Status, JsonElement Body)> SaveAsync(SandboxScenario s) => SaveAsync(Body(s));

    public async Task<(int Status, JsonElement Body)> SaveAsync(object body)
    {
        using var api = Program.NewApiClient();
        using var response = await api.PutAsJsonAsync("/api/v1/settings", body, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await ReadAsync(response));
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, object? body = null)
    {
        using var api = Program.NewApiClient();
        using var response = await api.PostAsJsonAsync(path, body ?? new { }, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await ReadAsync(response));
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var api = Program.NewApiClient();
        using var response = await api.GetAsync(path, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    public static Dictionary<string, object?> Body(SandboxScenario s) => new()
    {
        ["serverName"] = s.ServerName,
        ["port"] = s.Port,
        ["timeoutSeconds"] = s.TimeoutSeconds,
        ["batchSize"] = s.BatchSize,
        ["fromEmail"] = s.FromEmail,
        ["clientId"] = s.ClientId,
        ["clientSecret"] = s.ClientSecret,
        ["secretExpiresOn"] = "2999-12-31",
        ["tenantId"] = s.TenantId,
        ["cloud"] = s.Cloud,
        ["route"] = s.Route,
    };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
}
