using Signify.Notifications.Persistence;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Pages;

namespace Signify.Notifications.Web.Sandbox;

/// <summary>The pretend Microsoft 365 inside the program: on in Development, refused in Production.</summary>
internal static class SandboxHosting
{
    /// <summary>The layout shows a link to the sandbox where this key is true.</summary>
    public const string RunningKey = "Sandbox:Running";

    /// <summary>Starts the sandbox and adds its cloud to the configuration; call it before the clouds are read.</summary>
    /// <exception cref="StartRefusedException">The sandbox is asked for in another environment than Development or Test.</exception>
    public static async Task AddSandboxAsync(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(SandboxOptions.Section).Get<SandboxOptions>() ?? new SandboxOptions();
        var said = builder.Configuration[$"{SandboxOptions.Section}:Enabled"] is not null;
        if (said ? !options.Enabled : !builder.Environment.IsDevelopment())
        {
            builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts => parts.RemoveSandboxPages());
            return;
        }

        if (!SandboxProduction.Allows(builder.Environment.EnvironmentName))
        {
            throw new StartRefusedException(
                $"Sandbox:Enabled is true in the environment {builder.Environment.EnvironmentName}. The sandbox hands out tokens to well-known secrets: remove the setting, or choose the environment Development or Test.");
        }

        options.EnvironmentName = builder.Environment.EnvironmentName;
        options.DataDirectory = Path.Combine(DataDirectory(builder), "sandbox");
        var sandbox = await StartApartAsync(options);
        builder.Configuration.AddInMemoryCollection(sandbox.CloudConfiguration);
        builder.Configuration.AddInMemoryCollection([new(RunningKey, "true")]);
        builder.Services.AddHostedService(_ => new StopsWithProgram(sandbox));
        builder.Services.AddSandboxPages(builder.Environment, sandbox, hostedInProduct: true);
        builder.Services.AddSingleton<ISandboxValues, SandboxValues>();
    }

    // The sandbox builds a host of its own. Whoever listens for this program's host (the test host, design-time tools) does so along
    // the flow of execution, and would take the first host it meets.
    private static Task<SandboxHost> StartApartAsync(SandboxOptions options)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => SandboxHost.StartAsync(options, TimeProvider.System, loggers: null, CancellationToken.None));
        }
    }

    private static string DataDirectory(WebApplicationBuilder builder)
    {
        var data = builder.Configuration.GetSection("Data").Get<DataOptions>() ?? new DataOptions();
        return Path.GetFullPath(data.Directory, builder.Environment.ContentRootPath);
    }

    private sealed class StopsWithProgram(SandboxHost sandbox) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => sandbox.DisposeAsync().AsTask();
    }
}
