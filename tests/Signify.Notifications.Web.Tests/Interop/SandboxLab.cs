using System.Text;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Mail;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>The pretend Microsoft 365 in this process, and the program as a process of its own that sends through it.</summary>
public sealed class SandboxLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private SandboxHost? _sandbox;
    private LabProgram? _program;

    private SandboxLab(DirectoryInfo folder) => _folder = folder;

    public string Folder => _folder.FullName;

    public string Data => Path.Combine(Folder, "data");

    public SandboxHost Sandbox => _sandbox ?? throw new InvalidOperationException("Not started.");

    public LabProgram Program => _program ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="limits">Whether more than Exchange allows is refused.</param>
    public static async Task<SandboxLab> StartAsync(bool limits, params (string Key, string Value)[] environment)
    {
        var lab = new SandboxLab(Directory.CreateTempSubdirectory("signify-sandbox-"));
        await Cleanup.OnFailureAsync(lab, () => lab.StartedAsync(limits, environment));
        return lab;
    }

    private async Task StartedAsync(bool limits, (string Key, string Value)[] environment)
    {
        _sandbox = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                DataDirectory = Path.Combine(Folder, "sandbox"),
                HttpsPort = 0,
                SmtpPort = 0,
                UntrustedSmtpPort = 0,
                FirstDoorPort = 0,
                BlockedSmtpPort = 0,
                EnforceLimits = limits,
                TooFast = TooFast.Refuse,
            }, TimeProvider.System, null, Ct);
        _program = await StartProgramAsync(Sandbox, Folder, Data, environment);
    }

    /// <summary>One more program that knows the sandbox, on a data folder of its own.</summary>
    public Task<LabProgram> StartProgramAsync(string data, params (string Key, string Value)[] environment) => StartProgramAsync(Sandbox, Folder, data, environment);

    private static Task<LabProgram> StartProgramAsync(SandboxHost sandbox, string folder, string data, (string Key, string Value)[] environment)
    {
        var cloud = sandbox.CloudConfiguration.ToDictionary(c => c.Key.Replace(":", "__", StringComparison.Ordinal), c => c.Value!);
        return LabProgram.StartAsync(folder, cloud.Concat(environment.Select(e => KeyValuePair.Create(e.Key, e.Value))).ToDictionary(), data);
    }

    public async Task SaveAsync(string scenario, string route)
    {
        var values = Sandbox.Scenarios.Single(s => s.Id == scenario);
        var saved = await Program.SaveAsync(Api.SandboxProgram.Body(values with { BatchSize = "medium" }));
        Assert.True((saved.State, saved.Route) == ("active", route), saved.Body.GetRawText());
    }

    /// <summary>Every message that arrived, as it came.</summary>
    public IReadOnlyList<string> Messages(MailRoute route) =>
        [.. Arrivals().Where(m => m.Route == route).Select(m => Encoding.UTF8.GetString(m.Source.Span))];

    public IReadOnlyList<SandboxMessage> Arrivals() => Sandbox.Mail.Newest(int.MaxValue);

    public async ValueTask DisposeAsync()
    {
        // Null after a start that failed.
        await (_program?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_sandbox?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }
}
