using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Signify.Notifications.Delivery.HandIn.Recipients;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>The rules for one recipient of a mailing.</summary>
/// <param name="skipDuplicates">Refuses a recipient whose address an earlier one of these has.</param>
internal sealed class RecipientRules(HandInOptions limits, IReadOnlyList<string> requiredFields, bool skipDuplicates)
{
    private readonly SeenAddresses? _seen = skipDuplicates ? new SeenAddresses() : null;

    public bool TryRead(in NewRecipient recipient, out QueuedRecipient queued, [NotNullWhen(false)] out LineFault? fault)
    {
        queued = default;
        if ((fault = recipient.Fault) is not null)
        {
            return false;
        }

        if (!AddressedTo.TryRead(recipient.To, recipient.Cc, limits.Recipients, out var addressed, out var wrong))
        {
            fault = new LineFault(LineCodes.RecipientRejected, $"{wrong.Value.Field}: {wrong.Value.Message}");
            return false;
        }

        if ((fault = Check(recipient.Fields)) is not null)
        {
            return false;
        }

        if (_seen?.Find(addressed.To.Address, recipient.Line, recipient.Fields) is { } first)
        {
            fault = new LineFault(
                LineCodes.Duplicate, $"Line {first.Line} has the same address{(first.Differs ? ", with other values" : "")}.");
            return false;
        }

        queued = new QueuedRecipient(addressed, recipient.Fields);
        return true;
    }

    private LineFault? Check(string? fields)
    {
        if (fields is null)
        {
            return requiredFields.Count == 0 ? null : Missing(requiredFields[0], empty: false);
        }

        if (!fields.FitsIn(limits.FieldsBytes))
        {
            return new LineFault(LineCodes.FieldsInvalid, $"The fields have at most {limits.FieldsBytes} bytes of JSON.");
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(fields.Length));
        try
        {
            return Check(bytes.AsMemory(0, Encoding.UTF8.GetBytes(fields, bytes)));
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // InvalidOperation: a text that is none, such as half a surrogate pair.
            return new LineFault(LineCodes.FieldsInvalid, "The fields are not a JSON object.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private LineFault? Check(ReadOnlyMemory<byte> fields)
    {
        using var json = JsonDocument.Parse(fields);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new LineFault(LineCodes.FieldsInvalid, "The fields are not a JSON object.");
        }

        if (fields.Span.IndexOf("\\u"u8) >= 0)
        {
            ReadTexts(json.RootElement);
        }

        foreach (var field in requiredFields)
        {
            if (Find(json.RootElement, field) is not { } value)
            {
                return Missing(field, empty: false);
            }

            // A message with "Dear ," is as wrong as one that cannot be created.
            if (value.ValueKind == JsonValueKind.String && IsBlank(value.GetString()!))
            {
                return Missing(field, empty: true);
            }
        }

        return null;
    }

    /// <returns>Null where there is none, or it is null.</returns>
    private static JsonElement? Find(JsonElement at, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (!TryFind(at, name, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    /// <summary>Nothing that a reader sees: white space, and characters without width.</summary>
    private static bool IsBlank(string value) =>
        value.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control);

    /// <summary>As the template finds it: whatever the case, and of several the last.</summary>
    private static bool TryFind(JsonElement at, string name, out JsonElement value)
    {
        var found = false;
        value = default;
        if (at.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in at.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                (value, found) = (property.Value, true);
            }
        }

        return found;
    }

    /// <summary>Throws at a text that cannot be one. The parser lets escapes pass that stand for half a character.</summary>
    private static void ReadTexts(JsonElement at)
    {
        if (at.ValueKind == JsonValueKind.String)
        {
            _ = at.GetString();
        }
        else if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in at.EnumerateArray())
            {
                ReadTexts(item);
            }
        }
        else if (at.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in at.EnumerateObject())
            {
                _ = property.Name;
                ReadTexts(property.Value);
            }
        }
    }

    private static LineFault Missing(string field, bool empty) => new(
        LineCodes.FieldMissing, $"The message uses the field {field}, which {(empty ? "is empty for this recipient" : "this recipient does not have")}.", field);
}
