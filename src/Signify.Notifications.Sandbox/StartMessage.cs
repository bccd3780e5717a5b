namespace Signify.Notifications.Sandbox;

/// <summary>What the sandbox prints when it runs alone.</summary>
internal static class StartMessage
{
    public static void Write(TextWriter output, SandboxHost sandbox, string pages)
    {
        output.WriteLine("A pretend Microsoft 365 is running.");
        output.WriteLine();
        output.WriteLine($"  Page               {pages}/sandbox");
        output.WriteLine($"  Entra, Graph       {sandbox.Authority}");
        output.WriteLine($"  Mail submission    {sandbox.SmtpHost}:{sandbox.SmtpPort}");
        output.WriteLine($"  …with faults       {sandbox.SmtpHost}:{string.Join(", ", sandbox.DoorPorts.Values)}");
        output.WriteLine($"  …refused           {sandbox.SmtpHost}:{sandbox.BlockedSmtpPort}");
        output.WriteLine($"  Root certificate   {sandbox.RootCertificatePath}");
        output.WriteLine();
        output.WriteLine("Set these for the program that is to use it:");
        output.WriteLine();
        foreach (var (key, value) in sandbox.CloudConfiguration.Where(c => c.Key.StartsWith("Clouds:Sandbox:", StringComparison.Ordinal)))
        {
            output.WriteLine($"  export {key.Replace(":", "__", StringComparison.Ordinal)}={value}");
        }

        output.WriteLine();
        output.WriteLine("Ready-made values (Cloud: Sandbox). They open nothing but this sandbox:");
        foreach (var scenario in sandbox.Scenarios.Where(s => s.Cloud == Scenarios.ScenarioClouds.Sandbox))
        {
            WriteScenario(output, scenario);
        }
    }

    private static void WriteScenario(TextWriter output, Scenarios.SandboxScenario scenario)
    {
        output.WriteLine();
        output.WriteLine($"  {scenario.Title} ({scenario.Id}): {scenario.ExpectedFindingCode ?? "passes"}");
        output.WriteLine($"    From {scenario.FromEmail}  Port {scenario.Port}  Route {scenario.Route}");
        output.WriteLine($"    Tenant {scenario.TenantId}  Client {scenario.ClientId}");
        output.WriteLine($"    Secret {scenario.ClientSecret}");
    }
}
