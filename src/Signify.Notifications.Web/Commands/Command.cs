namespace Signify.Notifications.Web.Commands;

/// <summary>Something the program does at once and then ends, instead of serving.</summary>
/// <param name="Options">The options that take a value, without dashes.</param>
/// <param name="Switches">The options that take none.</param>
/// <param name="Fails">How its refusal begins: "Cannot back up".</param>
internal sealed record Command(
    string Name, string Usage, string Does, IReadOnlyList<string> Options, IReadOnlyList<string> Switches, string Fails,
    Func<CommandLine, CancellationToken, Task> RunAsync)
{
    /// <summary>The name of the one value that is written without an option; null for none.</summary>
    public string? Argument { get; init; }
}
