namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What the first line of a list told.</summary>
/// <param name="Columns">The merge fields.</param>
/// <param name="AddressColumn">The column with the addresses; null for a list of plain addresses.</param>
/// <param name="Fault">Why the list as a whole cannot be read; the rest is then empty.</param>
public sealed record ListHead(IReadOnlyList<string> Columns, string? AddressColumn = null, string? Fault = null)
{
    public static ListHead None { get; } = new([]);
}
