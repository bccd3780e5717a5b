using System.Text;

namespace Signify.Notifications.Web.Tests.Input;

/// <summary>Inputs that were sound before somebody's program, editor or network got at them. The same for the same seed.</summary>
internal sealed class Mutations(int seed)
{
    private static readonly string[] Pieces =
    [
        "\0", "\uFEFF", "\u200B", "\u00A0", "\u202E", "\r", "\n", "\r\n", "\t", "\"", "'", "\\", "\\ud800", "\\u0000",
        "\\udfff", "{", "}", "[", "]", "[[[[[[[[", ",", ";", "|", ":", "@",
        "<", ">", "<a@b.c>", "null", "true", "-0", "1e999", "1e-999", "99999999999999999999",
        "NaN", "{{", "}}", "{% for a in (1..9) %}", "{% endfor %}", "{{ a | divided_by: 0 }}",
        "0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2030-02-30T00:00Z",
        "+0100", "data:;base64,", "====", "-_", "sep=;\n",
        "#TYPE x\n", "mailto:", "%00", "%", "=?utf-8?Q?=0D=0A?=", "\uFFFD",
        "\uD83D\uDE00", "İ", "ß", "xn--", "xn--a.example", "..", "../", "=cmd|'/c calc'!A1", "Pacific/Kiritimati", "Etc/GMT+12",
    ];

    private readonly Random _random = new(seed);

    public int Next(int most) => _random.Next(most);

    public string Of(string sound)
    {
        var text = sound;
        for (var times = 1 + _random.Next(3); times > 0; times--)
        {
            text = Once(text);
        }

        return text;
    }

    /// <summary>The text with bytes changed: no longer UTF-8, most of the time.</summary>
    public byte[] BytesOf(string sound)
    {
        var bytes = Encoding.UTF8.GetBytes(_random.Next(2) == 0 ? sound : Of(sound));
        for (var times = _random.Next(3); times > 0 && bytes.Length > 0; times--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return bytes;
    }

    private string Once(string text)
    {
        var (at, other) = (_random.Next(text.Length + 1), _random.Next(text.Length + 1));
        var (start, end) = (Math.Min(at, other), Math.Min(Math.Max(at, other), Math.Min(at, other) + 40));
        return _random.Next(7) switch
        {
            0 => text.Remove(start, end - start),
            1 => text.Insert(at, text[start..end]),
            2 => text[..at],
            3 => text.Insert(at, string.Concat(Enumerable.Repeat(Piece(), 1 + _random.Next(200)))),
            4 => string.Concat(text.AsSpan(0, start), Piece(), text.AsSpan(end)),
            5 when at < text.Length => string.Concat(text.AsSpan(0, at), $"{(char)_random.Next(0x3000)}", text.AsSpan(at + 1)),
            _ => text.Insert(at, Piece()),
        };
    }

    private string Piece() => Pieces[_random.Next(Pieces.Length)];
}
