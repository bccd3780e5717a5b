namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What the beginning of a list says.</summary>
/// <param name="Columns">The merge fields.</param>
/// <param name="AddressColumn">The heading of the column with the addresses; null for a list of plain addresses.</param>
/// <param name="Fault">Why the list as a whole cannot be read; the rest is then empty.</param>
public sealed record ListHead(IReadOnlyList<string> Columns, string? AddressColumn = null, string? Fault = null)
{
    public static ListHead None { get; } = new([]);

    /// <summary>All headings as they are in the list; empty for a list of plain addresses.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>The headings of the columns that hold addresses, when there are several.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The column of a merge field or of the addresses among <see cref="Headings"/>.</summary>
    /// <param name="field">A merge field; null for the addresses.</param>
    /// <returns>Null when the list has no such column.</returns>
    public int? ColumnOf(string? field)
    {
        for (var i = 0; i < Headings.Count; i++)
        {
            if (field is null
                ? Headings[i] == AddressColumn
                : RecipientTable.FieldName(Headings[i]).Equals(field, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return null;
    }
}
