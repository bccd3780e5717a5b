using Signify.Notifications.Delivery.Content;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What handing a mailing in would lead to.</summary>
/// <param name="Errors">What is wrong with its words, files and times, by field; while there are any, nothing would be queued.</param>
/// <param name="Good">How many would be queued.</param>
/// <param name="Rejected">The first of those left out.</param>
/// <param name="RejectedTotal">All that would be left out.</param>
public sealed record RehearsedMailing(IReadOnlyDictionary<string, string[]> Errors, int Good, IReadOnlyList<RejectedLine> Rejected, long RejectedTotal);

/// <summary>One recipient's message.</summary>
/// <param name="Rendered">Null when it cannot be put together; <paramref name="Fault"/> then says why.</param>
public sealed record RehearsedMessage(string To, RenderedContent? Rendered, string? Fault);
