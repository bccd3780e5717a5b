using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>What would become of a draft if it were handed in now.</summary>
public sealed record DraftOutlook(ListHead List, RehearsedMailing Rehearsed)
{
    public int Good => Rehearsed.Good;

    public long Bad => Rehearsed.RejectedTotal;
}

/// <summary>What the first line of a list told.</summary>
/// <param name="Columns">The merge fields.</param>
/// <param name="AddressColumn">The column with the addresses; null for a list of plain addresses.</param>
/// <param name="Fault">Why the list as a whole cannot be read; the rest is then empty.</param>
public sealed record ListHead(IReadOnlyList<string> Columns, string? AddressColumn = null, string? Fault = null)
{
    public static ListHead None { get; } = new([]);
}
