using System.Runtime.InteropServices;
using System.Text.Json;

namespace Signify.Notifications.Web.Api;

/// <summary>
/// Reads the properties of a JSON object so forgivingly that a wrong type is told at its field, and a misspelt one is told at all.
/// Names are found whatever their case.
/// </summary>
internal sealed class JsonFields
{
    // Several times what any object of the API has.
    private const int MostProperties = 200;

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly ValidationErrors _errors;
    private readonly int _mostTextBytes;
    private readonly string _prefix;

    /// <param name="errors">Gets what is wrong, by field.</param>
    /// <param name="mostTextBytes">A text that is longer as UTF-8 for certain is reported without being read.</param>
    /// <param name="prefix">The path of the object: <c>attachments[2].</c></param>
    public JsonFields(JsonElement body, ValidationErrors errors, int mostTextBytes, string prefix = "")
    {
        (_errors, _mostTextBytes, _prefix) = (errors, mostTextBytes, prefix);
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add(prefix.TrimEnd('.'), "This is a JSON object.");
            return;
        }

        foreach (var property in body.EnumerateObject())
        {
            if (_values.Count == MostProperties)
            {
                errors.Add(prefix.TrimEnd('.'), $"An object must have at most {MostProperties} properties.");
                return;
            }

            var name = JsonText.Readable(() => property.Name) ?? "";
            if (!_values.TryAdd(name, property.Value))
            {
                Wrong(name, "This is given twice.");
            }
        }
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text when IsTooLong(text) =>
            Wrong(name, $"This must have at most {_mostTextBytes} bytes as UTF-8."),
        { ValueKind: JsonValueKind.String } text => JsonText.Readable(text.GetString) ?? Wrong(name, "This holds half a character."),
        _ => Wrong(name, "This is text."),
    };

    /// <summary>One text, or a list of them.</summary>
    public IReadOnlyList<string> Texts(string name, int most) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > most => TooMany<string>(name, most),
        { ValueKind: JsonValueKind.String } => Text(name) is { } text ? [text] : [],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String && JsonText.Readable(t.GetString) is not null) =>
            [.. list.EnumerateArray().Select(t => t.GetString()!)],
        _ => Wrong(name, "This is text, or a list of texts.") is null ? [] : [],
    };

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // Without an offset it would be the server's local time, which the caller does not know.
        if (TimeText.TryParse(text, out var time))
        {
            return time;
        }

        Wrong(name, TimeText.Form);
        return null;
    }

    public T Choice<T>(string name, T otherwise, params IReadOnlyList<(string Word, T Value)> choices)
    {
        if (Text(name) is not { } word)
        {
            return otherwise;
        }

        foreach (var choice in choices)
        {
            if (choice.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return choice.Value;
            }
        }

        Wrong(name, $"This is one of {string.Join(", ", choices.Select(c => c.Word))}.");
        return otherwise;
    }

    /// <summary>Empty also when it is not a list or too long a list, which is reported.</summary>
    public IReadOnlyList<JsonElement> List(string name, int most) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > most => TooMany<JsonElement>(name, most),
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        _ => Wrong(name, "This is a list.") is null ? [] : [],
    };

    public ReadOnlyMemory<byte> Base64(string name)
    {
        var (bytes, fault) = FileContent.Read(Find(name));
        if (fault is not null)
        {
            Wrong(name, fault);
        }

        return bytes;
    }

    /// <summary>Tells of every property that was not asked for.</summary>
    public void NothingElse()
    {
        foreach (var name in _values.Keys.Where(name => !_asked.Contains(name)))
        {
            Wrong(name, "There is no such property.");
        }
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string? Wrong(string name, string message)
    {
        _errors.Add(_prefix + name, message);
        return null;
    }

    private IReadOnlyList<T> TooMany<T>(string name, int most)
    {
        Wrong(name, $"A list must have at most {most} items.");
        return [];
    }

    // A byte takes six at most, as an escape sequence.
    private bool IsTooLong(JsonElement text) => JsonMarshal.GetRawUtf8Value(text).Length > (6L * _mostTextBytes) + 2;
}
