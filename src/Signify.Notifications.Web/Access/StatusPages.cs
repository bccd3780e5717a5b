namespace Signify.Notifications.Web.Access;

/// <summary>What a caller sees when it did not work: a page for people, problem details for programs, no inner detail for either.</summary>
internal static class StatusPages
{
    public static void UseStatusPages(this WebApplication app)
    {
        app.UseWhen(ApiProblems.IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !ApiProblems.IsApi(context), pages => pages
            .UseExceptionHandler("/error")
            .UseStatusCodePagesWithReExecute("/error/{0}"));
    }
}
