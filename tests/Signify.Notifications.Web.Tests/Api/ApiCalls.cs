using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Calls to the API as a program makes them.</summary>
public static class ApiCalls
{
    public const string Settings = "/api/v1/settings";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<ApiAnswer> GetAsync(this TestProgram program, string path, string? key = TestProgram.ApiKey) =>
        program.CallAsync(HttpMethod.Get, path, key: key);

    public static Task<ApiAnswer> SaveAsync(this TestProgram program, object body, string? ifMatch = null, string? key = TestProgram.ApiKey) =>
        program.CallAsync(HttpMethod.Put, Settings, JsonContent.Create(body), ifMatch, key);

    /// <summary>Saves exactly these characters.</summary>
    public static Task<ApiAnswer> SaveTextAsync(this TestProgram program, string body, string contentType = "application/json") =>
        program.CallAsync(HttpMethod.Put, Settings, new StringContent(body, Encoding.UTF8, contentType));

    public static Task<ApiAnswer> PostAsync(this TestProgram program, string path, object? body = null, string? key = TestProgram.ApiKey) =>
        program.CallAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), key: key);

    public static async Task<ApiAnswer> CallAsync(
        this TestProgram program, HttpMethod method, string path, HttpContent? content = null, string? ifMatch = null, string? key = TestProgram.ApiKey)
    {
        using var api = program.NewApiClient(key);
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        var response = await api.SendAsync(request, Stop);
        return new ApiAnswer(response.StatusCode, response, await response.Content.ReadAsStringAsync(Stop));
    }

    public static async Task<string> NewKeyAsync(this TestProgram program, string name, ApiKeyScopes scopes) =>
        ((ApiKeyMade.Made)await program.Services.GetRequiredService<ApiKeys>().MakeAsync(Ruleset.DefaultId, name, scopes, null, "a test", Stop)).Key;
}
