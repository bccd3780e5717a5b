using System.Text;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What a header may hold.</summary>
internal static class PlainText
{
    /// <summary>No line break of any kind, no control character, no half character: nothing that could begin a header of its own.</summary>
    public static bool IsOneLine(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return IsWhole(text);
    }

    /// <summary>No half of a surrogate pair, which no encoding can carry.</summary>
    public static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsSurrogatePair(text, i))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    public static bool FitsIn(this string text, int bytes) => text.Length <= bytes && Encoding.UTF8.GetByteCount(text) <= bytes;
}
