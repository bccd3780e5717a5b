using System.Text;
using System.Text.Json;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Api;

/// <summary>Reads one recipient: a line of NDJSON, or an item of a list.</summary>
internal static class RecipientLine
{
    private const string Expected = "A recipient is a JSON object with to, cc and fields.";

    // Bytes that are no UTF-8 are told, not replaced: a name would else arrive with holes.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static NewRecipient Read(long line, ReadOnlySpan<byte> json)
    {
        // Files that were joined have one in the middle.
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        var reader = new Utf8JsonReader(json);
        try
        {
            return Read(line, ref reader, json);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // Not JSON, or bytes that are no text.
            return Invalid(line, Expected);
        }
    }

    private static NewRecipient Read(long line, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return Invalid(line, Expected);
        }

        var recipient = new NewRecipient(line, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(ref reader);
            reader.Read();
            var next = name switch
            {
                "to" when recipient.To is null => Text(ref reader) is { } to ? recipient with { To = to } : default,
                "cc" when recipient.Cc.Count == 0 => Texts(ref reader) is { } cc ? recipient with { Cc = cc } : default,
                "fields" when recipient.Fields is null => recipient with { Fields = Raw(ref reader, json) },
                _ => default(NewRecipient?),
            };
            if (next is null)
            {
                return Invalid(line, "A recipient has to, cc and fields, each once, and nothing else.");
            }

            if (next.Value.Line == 0)
            {
                return Invalid(line, name == "to" ? "to is text." : "cc is text, or a list of texts.");
            }

            recipient = next.Value;
        }

        // Whatever follows the object makes the reader throw.
        while (reader.Read())
        {
        }

        return recipient;
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("to"u8))
        {
            return "to";
        }

        if (reader.ValueTextEquals("fields"u8))
        {
            return "fields";
        }

        return reader.GetString()!.ToLowerInvariant();
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    private static List<string>? Texts(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return [];
            case JsonTokenType.String:
                return [reader.GetString()!];
            case not JsonTokenType.StartArray:
                return null;
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray ? texts : null;
    }

    private static string? Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        reader.Skip();
        return Utf8.GetString(json[start..(int)reader.BytesConsumed]);
    }

    private static NewRecipient Invalid(long line, string message) => new(line, null) { Fault = new LineFault(LineCodes.LineInvalid, message) };
}
