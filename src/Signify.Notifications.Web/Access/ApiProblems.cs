using Microsoft.AspNetCore.Mvc;

namespace Signify.Notifications.Web.Access;

/// <summary>What a program gets instead of a page: RFC 9457 problem details.</summary>
internal static class ApiProblems
{
    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");

    public static Task WriteProblemAsync(this HttpContext context, int status, string title, string detail) =>
        context.WriteProblemAsync(new ProblemDetails { Status = status, Title = title, Detail = detail });

    /// <param name="problem">With its status.</param>
    public static async Task WriteProblemAsync(this HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        var written = await context.RequestServices.GetRequiredService<IProblemDetailsService>()
            .TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
        if (!written)
        {
            // The caller's Accept names no JSON. It gets it all the same rather than nothing.
            await context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
        }
    }
}
