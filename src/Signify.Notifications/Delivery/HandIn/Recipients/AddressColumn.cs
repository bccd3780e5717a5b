using System.Text;

namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>
/// Finds the column to send to: the only one whose cells are addresses. Of several, the one that the user chose; never one that is
/// guessed. Headings decide only where no cell does, so that each row is reported with its own reason.
/// </summary>
internal static class AddressColumn
{
    private static readonly string[] Known =
    [
        "mail", "email", "emails", "emailaddress", "mailaddress", "address", "to", "recipient", "upn",
        "userprincipalname", "primarysmtpaddress", "emailadresse", "mailadresse",
    ];

    /// <param name="rows">The first rows.</param>
    /// <param name="chosen">The heading of the column that the user chose; ignored where its cells are not addresses.</param>
    /// <returns>The column, -1 for none, and those between which to choose where several hold addresses.</returns>
    public static (int Column, IReadOnlyList<string> Choices) Find(
        IReadOnlyList<string> headings, IReadOnlyList<string[]> rows, string? chosen)
    {
        var found = Enumerable.Range(0, headings.Count).Where(i => HoldsAddresses(rows, i)).ToList();
        if (found.Exists(i => headings[i].Length > 0))
        {
            // An address in a column without a name is reported at its row.
            found.RemoveAll(i => headings[i].Length == 0);
        }
        else if (found.Count == 0)
        {
            found = [.. Enumerable.Range(0, headings.Count).Where(i => Known.Contains(Letters(headings[i])))];
        }

        if (found is [var only])
        {
            return (only, []);
        }

        var named = chosen is null ? [] : found.Where(i => headings[i] == chosen).ToList();
        return (named is [var one] ? one : -1, [.. found.Select(i => headings[i])]);
    }

    /// <summary>Whether a heading is one of the usual ones: such a first line is no recipient.</summary>
    public static bool IsKnown(string heading) => Known.Contains(Letters(heading));

    /// <summary>Whether a cell may hold an address among other text: enough not to drop it.</summary>
    public static bool HoldsAddress(string cell) => cell.IndexOf('@', StringComparison.Ordinal) is var at && at > 0 && at < cell.Length - 1;

    /// <summary>Whether a cell is meant as an address, right or wrong. A remark with one in it is not.</summary>
    private static bool IsAddress(string cell) =>
        HoldsAddress(cell) && AddressText.Parse(cell).Address is var address && HoldsAddress(address)
        && !address.Contains(' ', StringComparison.Ordinal);

    private static bool HoldsAddresses(IReadOnlyList<string[]> rows, int column)
    {
        var (filled, addresses) = (0, 0);
        foreach (var row in rows.Where(r => column < r.Length && !InvisibleCharacters.IsBlank(r[column])))
        {
            filled++;
            addresses += IsAddress(row[column]) ? 1 : 0;
        }

        return addresses * 2 > filled;
    }

    private static string Letters(string heading)
    {
        var letters = new StringBuilder();
        foreach (var c in heading.Where(char.IsLetter))
        {
            letters.Append(char.ToLowerInvariant(c));
        }

        return letters.ToString();
    }
}
