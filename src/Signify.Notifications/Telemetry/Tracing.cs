using System.Diagnostics;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Telemetry;

/// <summary>
/// The program's spans. While nobody listens each of these calls returns null at once and makes nothing. What stands in a span leaves
/// the program: ids, codes and the host of a server, never an address, a subject, a body, a token or a secret.
/// </summary>
public static class Tracing
{
    /// <summary>Of the activity source and of the meter.</summary>
    public const string Name = "Signify.Notifications";

    public static string Version { get; } = typeof(Tracing).Assembly.GetName().Version?.ToString(3) ?? "";

    internal static readonly ActivitySource Source = new(Name, Version);

    internal static bool On => Source.HasListeners();

    /// <summary>Under whatever this code runs in; null where that is nothing, so that a part never stands for a whole.</summary>
    internal static Activity? Child(string name, ActivityKind kind) =>
        Source.HasListeners() && Activity.Current is not null ? Source.StartActivity(name, kind) : null;

    /// <summary>A trace of its own, beside whatever this code runs in.</summary>
    internal static Activity? Root(string name, ActivityKind kind, IEnumerable<ActivityLink> links)
    {
        var ambient = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(kind, parentContext: default, links: links, name: name);
        }
        finally
        {
            Activity.Current = ambient;
        }
    }

    /// <summary>What is stored of a span so that a later one can point to it: W3C <c>traceparent</c>, 55 characters; null for none.</summary>
    internal static string? Stored(this Activity? span) => span is { IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    internal static ActivityContext? Restored(string? stored) =>
        ActivityContext.TryParse(stored, traceState: null, isRemote: true, out var context) ? context : null;

    internal static void Fail(this Activity span, FindingCode code) => span.Fail(Tags.Of(code));

    // Without a description: that is where words of servers and people would get in.
    internal static void Fail(this Activity span, string error) => span.SetTag(Tags.Error, error).SetStatus(ActivityStatusCode.Error);
}
