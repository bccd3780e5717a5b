using Signify.Notifications.Delivery.Content;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What handing a mailing in would lead to.</summary>
/// <param name="Errors">What is wrong with its words, files and times, by field; while there are any, nothing would be queued.</param>
/// <param name="Good">How many would be queued.</param>
/// <param name="Rejected">The first of those that cannot be sent to.</param>
/// <param name="RejectedTotal">All that cannot be sent to.</param>
/// <param name="Duplicates">The first of those left out because an earlier line has the address.</param>
/// <param name="DuplicatesTotal">All of those.</param>
public sealed record RehearsedMailing(
    IReadOnlyDictionary<string, string[]> Errors,
    int Good,
    IReadOnlyList<RejectedRow> Rejected,
    long RejectedTotal,
    IReadOnlyList<RejectedRow> Duplicates,
    long DuplicatesTotal);

/// <summary>A row that would be left out.</summary>
/// <param name="Cells">As the list has them; empty when they could not be read.</param>
public sealed record RejectedRow(RejectedLine Reason, IReadOnlyList<string> Cells);

/// <summary>One recipient's message.</summary>
/// <param name="Rendered">Null when it cannot be put together; <paramref name="Fault"/> then says why.</param>
public sealed record RehearsedMessage(string To, RenderedContent? Rendered, string? Fault);
