namespace Signify.Notifications.Sandbox;

/// <summary>The sandbox hands out tokens to well-known secrets: it never runs beside production data.</summary>
public static class SandboxProduction
{
    private const string Production = "Production";

    /// <exception cref="InvalidOperationException">The environment is Production.</exception>
    public static void Refuse(string? environmentName)
    {
        if (string.Equals(environmentName, Production, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                "The sandbox is a pretend Microsoft 365 for trying out and testing. It does not start in Production: "
                + "set Sandbox:Enabled to false, or choose another environment.");
        }
    }

    internal static void RefuseByVariables()
    {
        Refuse(Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"));
        Refuse(Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"));
    }
}
