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
    private const string Mark = """
        <svg viewBox="0 0 24 24" aria-hidden="true"><rect class="mark-ground" width="24" height="24" rx="6"/>
        <path class="mark-fold" d="m5 9 5.6 4.6a2.2 2.2 0 0 0 2.8 0L19 9"/></svg>
        """;

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
            ? "<p>Your changes were not saved. Keep this page open and reload it when the problem is resolved: "
                + "your browser then sends what you entered again.</p>"
            : "<p>Reload this page when the problem is resolved.</p>";
        var root = html.Encode(context.Request.PathBase);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>{html.Encode(DatabaseProblem.Title)} · Signify</title>
                <link rel="icon" href="{root}/favicon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="{root}/css/site.css">
                <link rel="stylesheet" href="{root}/css/components.css">
            </head>
            <body>
                <div class="narrow">
                    <header><a class="brand" href="{root}/">{Mark} Signify</a></header>
                    <main id="main">
                        <div class="card">
                            <div class="card-header"><h1>{html.Encode(DatabaseProblem.Title)}</h1></div>
                            <div class="card-body stack">
                                <p>{html.Encode(fault.Cause)} {html.Encode(fault.Remedy)}</p>
                                {form}
                                <p class="muted">503 · {fault.Code} · request {html.Encode(context.TraceIdentifier)}</p>
                            </div>
                        </div>
                    </main>
                </div>
            </body>
            </html>
            """;
    }
}
