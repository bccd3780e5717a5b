using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Access;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>The program's access rules around one call for each policy, which answers who called.</summary>
internal sealed class ApiProgram : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("signify-test-").FullName;
    private WebApplication? _app;

    public ApiKeys Keys => _app!.Services.GetRequiredService<ApiKeys>();

    public static async Task<ApiProgram> StartAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var program = new ApiProgram();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Append(("Data:Directory", program._data)).Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2)));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddNotifications(builder.Configuration, program._data);
        builder.AddRulesets();
        builder.AddAccess();
        program._app = builder.Build();
        await program._app.PrepareAsync();
        program._app.UseAccess();
        foreach (var policy in (string[])[AccessPolicies.ApiSettings, AccessPolicies.ApiSend, AccessPolicies.ApiRead])
        {
            program._app.MapGet("/api/" + policy[4..], (HttpContext context, CurrentRuleset ruleset) => new { by = context.User.By(), ruleset = ruleset.Id, ruleset.Name }).RequireAuthorization(policy);
        }

        program._app.MapGet("/api/broken", string () => throw new InvalidOperationException("an inner detail")).AllowAnonymous();
        await program._app.StartAsync(TestContext.Current.CancellationToken);
        return program;
    }

    public async Task<string> MakeAsync(string name, ApiKeyScopes scopes, TimeSpan? lifetime = null) =>
        ((ApiKeyMade.Made)await Keys.MakeAsync(Ruleset.DefaultId, name, scopes, lifetime, "a test", TestContext.Current.CancellationToken)).Key;

    public async Task<HttpResponseMessage> GetAsync(string path, string? key)
    {
        using var client = _app!.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }
}
