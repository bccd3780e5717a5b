namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>Where this checkout is, seen from the test's own build output.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Configuration { get; } = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    private static string FindRoot(DirectoryInfo? from)
    {
        for (; from is not null; from = from.Parent)
        {
            if (File.Exists(Path.Combine(from.FullName, "Signify.Notifications.sln")))
            {
                return from.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run from a checkout.");
    }
}
