namespace Signify.Notifications.Web.Access;

/// <summary>
/// Refuses requests that a proxy forwards from a path of its own: links, scripts and cookies of this program start at the root of a
/// host, so that each page would lead somewhere else.
/// </summary>
internal static class PathPrefixes
{
    public const string Header = "X-Forwarded-Prefix";

    public static void UseRootOfHostOnly(this WebApplication app) => app.Use((http, next) =>
        http.Request.Headers[Header].ToString().Trim() is "" or "/" ? next(http) : RefuseAsync(http));

    private static Task RefuseAsync(HttpContext http)
    {
        const string Title = "This program cannot be served under a path";
        const string Detail = "The proxy sent X-Forwarded-Prefix. Give this program a host name of its own, such as "
            + "https://notifications.contoso.com, and forward all of it.";
        if (ApiProblems.IsApi(http))
        {
            return http.WriteProblemAsync(StatusCodes.Status400BadRequest, Title, Detail);
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync($"{Title}. {Detail}", http.RequestAborted);
    }
}
