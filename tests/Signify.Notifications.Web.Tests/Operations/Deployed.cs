namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The folder deploy of the checkout: what an operator installs.</summary>
internal static class Deployed
{
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? from)
    {
        for (; from is not null; from = from.Parent)
        {
            if (File.Exists(Path.Combine(from.FullName, "Signify.Notifications.sln")))
            {
                return Path.Combine(from.FullName, "deploy");
            }
        }

        throw new InvalidOperationException("The tests do not run from a checkout.");
    }
}
