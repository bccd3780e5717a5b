using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Keyset paging: a place in a list is the key of a row, so the way to page 10,000 is as short as to page 1, and new rows shift nothing.</summary>
internal static class Paging
{
    public static string Place(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>In a list by address: the number, and the address after a dot in base64url.</summary>
    public static string Place(long id, string to) => $"{Place(id)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(to))}";

    /// <exception cref="FormatException">It is no place.</exception>
    public static long Id(string place) => TryId(place) ?? throw new FormatException("This is no place in the list.");

    public static long? TryId(string place) => long.TryParse(place.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static bool HasAddress(string place) =>
        TryId(place) is not null && place.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Base64Url.IsValid(place.AsSpan(dot + 1));

    /// <exception cref="FormatException">It is no place in a list by address.</exception>
    public static (long Id, string To) IdAndAddress(string place)
    {
        var dot = place.IndexOf('.', StringComparison.Ordinal);
        return !HasAddress(place)
            ? throw new FormatException("This is no place in the list.")
            : (Id(place), Encoding.UTF8.GetString(Base64Url.DecodeFromChars(place.AsSpan(dot + 1))));
    }

    /// <param name="found">In the order of the search, which is backwards for what stands in front of a place; one more than fits when there is more.</param>
    /// <param name="searchedTo">Where the search stopped looking though there is more; null when it saw enough.</param>
    public static Listed<T> Of<T>(IEnumerable<T> found, PageOf page, Func<T, string> place, string? searchedTo = null)
    {
        var rows = found.ToList();
        var more = rows.Count > page.Size;
        rows = more ? rows[..page.Size] : rows;
        var further = more ? place(rows[^1]) : searchedTo;
        if (page.After is null && page.Before is not null)
        {
            rows.Reverse();
            return new Listed<T>(rows, rows.Count > 0 ? place(rows[^1]) : page.Before, further);
        }

        return new Listed<T>(rows, further, page.After is null ? null : rows.Count > 0 ? place(rows[0]) : page.After);
    }
}
