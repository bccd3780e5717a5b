using Microsoft.Extensions.DependencyInjection;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>How a test wants its program started.</summary>
public sealed record TestProgramOptions
{
    /// <summary>Starts with the administrator and the API key of <see cref="TestProgram"/>; false prints a set-up link instead.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>Configuration as an operator would give it on the command line.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>On a port of this machine, where a test can send what no HTTP client sends.</summary>
    public bool OnKestrel { get; init; }

    public TimeProvider? Clock { get; init; }

    public string Environment { get; init; } = "Development";

    /// <summary>A folder that outlives this program; null makes one and deletes it.</summary>
    public string? DataDirectory { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Passwords hashed as often as in earnest, which takes a third of what a test of the pages takes.</summary>
    public bool HashInEarnest { get; init; }
}
