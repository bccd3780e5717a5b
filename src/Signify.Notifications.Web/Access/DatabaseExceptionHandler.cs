using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Diagnostics;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>
/// The rule for every request: a database that takes nothing is a 503 that names the cause, never a 500. Neither response reads the
/// database: the usual error page would authenticate its reader there, and fail again.
/// </summary>
internal sealed class DatabaseExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (DatabaseFault.Find(exception) is not { } fault)
        {
            return false;
        }

        httpContext.Response.Headers.RetryAfter = DatabaseProblem.RetryAfterSeconds;
        if (ApiProblems.IsApi(httpContext))
        {
            await httpContext.WriteProblemAsync(DatabaseProblem.From(fault, "The request was not completed."));
            return true;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(Page(httpContext, fault), cancellationToken);
        return true;
    }

    private static string Page(HttpContext context, DatabaseFault fault)
    {
        var html = HtmlEncoder.Default;
        // The browser has what was typed, secrets included; the page repeats none of it.
        var form = HttpMethods.IsPost(context.Request.Method)
            ? "<p>Nothing was saved. Keep this page open and reload it when the problem is solved: your browser then sends what you typed again.</p>"
            : "<p>Reload this page when the problem is solved.</p>";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{DatabaseProblem.Title}</title>
                <link rel="stylesheet" href="{html.Encode(context.Request.PathBase)}/css/site.css">
            </head>
            <body>
                <div class="narrow">
                    <main id="main" class="card">
                        <div class="card-header"><h1>{DatabaseProblem.Title}</h1></div>
                        <div class="card-body stack">
                            <p>{html.Encode(fault.Cause)} {html.Encode(fault.Remedy)}</p>
                            {form}
                            <p class="muted">503 · {fault.Code} · request {html.Encode(context.TraceIdentifier)}</p>
                        </div>
                    </main>
                </div>
            </body>
            </html>
            """;
    }
}
