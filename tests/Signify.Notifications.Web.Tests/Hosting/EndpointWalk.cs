using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>All endpoints that the program has, those that are added later too, with addresses that reach them.</summary>
internal static class EndpointWalk
{
    public static IEnumerable<RouteEndpoint> Endpoints(this TestProgram program) =>
        program.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public static bool IsStaticFile(this Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.DisplayName?.Contains("static", StringComparison.OrdinalIgnoreCase) == true;

    public static PageActionDescriptor? PageOf(this Endpoint endpoint) => endpoint.Metadata.GetMetadata<PageActionDescriptor>();

    public static IEnumerable<string> Methods(this Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];

    public static string Pattern(this RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant();

    /// <param name="fill">What stands for a parameter; null for a sample of its kind.</param>
    public static string Address(this RouteEndpoint endpoint, Func<RoutePatternParameterPart, string>? fill = null)
    {
        var parts = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content.ToLowerInvariant(),
            RoutePatternParameterPart parameter => (fill ?? Sample)(parameter),
            _ => "x",
        })));
        return "/" + string.Join('/', parts);
    }

    public static string Kind(this RoutePatternParameterPart parameter) => string.Concat(parameter.ParameterPolicies.Select(p => p.Content));

    /// <summary>Every page with each of its POST handlers, and the handler's query.</summary>
    public static async Task<IReadOnlyList<(RouteEndpoint Page, string Handler)>> PostsAsync(this TestProgram program)
    {
        var loader = program.Services.GetRequiredService<PageLoader>();
        var posts = new List<(RouteEndpoint, string)>();
        foreach (var endpoint in program.Endpoints())
        {
            if (endpoint.PageOf() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                posts.AddRange(compiled.HandlerMethods.Where(h => HttpMethods.IsPost(h.HttpMethod)).Select(h => (endpoint, h.Name is null ? "" : $"?handler={h.Name}")));
            }
        }

        return posts;
    }

    private static string Sample(RoutePatternParameterPart parameter) => parameter.Kind() switch
    {
        "guid" => Guid.NewGuid().ToString(),
        "int" or "long" => "1",
        _ => "x",
    };
}
