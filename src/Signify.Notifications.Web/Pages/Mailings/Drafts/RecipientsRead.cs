using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>What was understood of a list of recipients.</summary>
/// <param name="Columns">The merge fields, as the first line names them.</param>
/// <param name="Good">How many can be sent to.</param>
/// <param name="Bad">The first of those that cannot, with line and reason.</param>
public sealed record RecipientsRead(IReadOnlyList<string> Columns, int Good, IReadOnlyList<RejectedLine> Bad, long BadTotal)
{
    /// <summary>How many lines are shown one by one.</summary>
    public const int BadShown = 50;

    public static RecipientsRead None { get; } = new([], 0, [], 0);

    /// <summary>Why the list as a whole cannot be read; the rest is then empty.</summary>
    public string? Fault { get; init; }
}
