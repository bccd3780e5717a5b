namespace Signify.Notifications.Web.Access;

/// <summary>Who may come in: users, API keys, and the headers that keep a page to itself.</summary>
public static class AccessServices
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        _ = builder;
    }

    public static void UseAccess(this WebApplication app)
    {
        _ = app;
    }
}
