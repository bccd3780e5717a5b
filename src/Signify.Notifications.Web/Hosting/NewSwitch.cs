namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// <c>--new</c>: starts over on a data folder whose database is gone. A switch without a value, which the configuration's own reader
/// does not know.
/// </summary>
internal static class NewSwitch
{
    private const string Name = "--new";

    public static string[] Without(string[] args) => [.. args.Where(a => a != Name)];

    public static void AddNewSwitch(this WebApplicationBuilder builder, string[] args)
    {
        if (args.Contains(Name))
        {
            builder.Configuration["Data:New"] = bool.TrueString;
        }
    }
}
