namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class RepositoryFiles
{
    public static string Find(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Signify.Notifications.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine([folder.FullName, .. path]);
    }
}
