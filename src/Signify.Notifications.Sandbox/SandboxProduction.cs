namespace Signify.Notifications.Sandbox;

/// <summary>The sandbox hands out tokens to well-known secrets: it never runs beside production data.</summary>
public static class SandboxProduction
{
    // By name: a production environment may have any other name.
    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase) { "Development", "Test" };

    public static bool Allows(string environmentName) => Allowed.Contains(environmentName);

    /// <param name="environmentName">Null where it is not configured.</param>
    /// <exception cref="InvalidOperationException">The environment is neither Development nor Test.</exception>
    public static void Refuse(string? environmentName)
    {
        if (environmentName is not null && !Allows(environmentName))
        {
            throw new InvalidOperationException(
                $"The sandbox is a pretend Microsoft 365 for trying out and testing. It does not start in the environment {environmentName}: "
                + "set Sandbox:Enabled to false, or choose the environment Development or Test.");
        }
    }

    internal static void RefuseByVariables()
    {
        Refuse(Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"));
        Refuse(Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"));
    }
}
