using System.Buffers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Signify.Notifications.Persistence.PostgreSql;

/// <summary>
/// PostgreSQL takes neither NUL nor half a surrogate pair in a text, SQLite takes both. What people hand in is refused long before
/// it comes here; the words of a server, or what somebody types into a search, must not make a statement fail: there each becomes U+FFFD.
/// </summary>
internal sealed class StorableText() : ValueConverter<string, string>(text => Of(text), text => text)
{
    private const char Unknown = '\uFFFD';

    // All surrogates: whether one is whole is looked at only where there is one.
    private static readonly SearchValues<char> Suspects = SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    public static string Of(string text) => text.AsSpan().IndexOfAny(Suspects) < 0 ? text : Mend(text);

    private static string Mend(string text)
    {
        var mended = text.ToCharArray();
        for (var i = 0; i < mended.Length; i++)
        {
            if (char.IsHighSurrogate(mended[i]) && i + 1 < mended.Length && char.IsLowSurrogate(mended[i + 1]))
            {
                i++;
            }
            else if (mended[i] == '\0' || char.IsSurrogate(mended[i]))
            {
                mended[i] = Unknown;
            }
        }

        return new string(mended);
    }
}
