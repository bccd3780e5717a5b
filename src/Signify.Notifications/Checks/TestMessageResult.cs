using Signify.Notifications.Findings;

namespace Signify.Notifications.Checks;

/// <summary>What became of a test message: the server's receipt, or what stood in the way.</summary>
public sealed record TestMessageResult(bool Delivered, string? Receipt, string? MessageId, IReadOnlyList<Finding> Findings);
