using Signify.Notifications.Findings;

namespace Signify.Notifications.Checks;

/// <summary>What became of a test message. <paramref name="Delivered"/> means that the mail service took it.</summary>
public sealed record TestMessageResult(bool Delivered, string? Receipt, string? MessageId, IReadOnlyList<Finding> Findings)
{
    /// <summary>The server's own words when it refused.</summary>
    public string? Evidence { get; init; }
}
