namespace Signify.Notifications.Web.Access;

/// <summary>What a caller sees when it did not work: a page for people, problem details for programs, no inner detail for either.</summary>
internal static class StatusPages
{
    public static void UseStatusPages(this WebApplication app)
    {
        app.UseWhen(ApiProblems.IsApi, api => api.UseExceptionHandler(Handling(page: null)).UseStatusCodePages());
        app.UseWhen(context => !ApiProblems.IsApi(context), pages => pages
            .UseExceptionHandler(Handling("/error"))
            .UseStatusCodePagesWithReExecute("/error/{0}"));
    }

    // A body that is too large or no JSON is the caller's mistake: neither a 500 nor a stack trace in the log.
    private static ExceptionHandlerOptions Handling(string? page) => new()
    {
        ExceptionHandlingPath = page,
        CreateScopeForErrors = page is not null,
        StatusCodeSelector = ex => ex is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
    };
}
