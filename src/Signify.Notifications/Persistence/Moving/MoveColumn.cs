using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata;
using Signify.Notifications.Persistence.PostgreSql;

namespace Signify.Notifications.Persistence.Moving;

/// <param name="Type">What its values are on the way, the same for both databases.</param>
internal sealed record MoveColumn(string Name, Type Type, bool Json)
{
    public static MoveColumn Of(IColumnBase column)
    {
        var json = column.PropertyMappings.Count == 0 || column.StoreType is "jsonb" or "json";
        return new MoveColumn(column.Name, json ? typeof(string) : Nullable.GetUnderlyingType(column.ProviderClrType) ?? column.ProviderClrType, json);
    }

    /// <returns>Null for NULL; a text as both databases can hold it.</returns>
    public object? Read(DbDataReader row, int at) => row.IsDBNull(at) ? null : Type switch
    {
        _ when Type == typeof(string) => Text(row.GetString(at)),
        _ when Type == typeof(long) => row.GetInt64(at),
        _ when Type == typeof(int) => row.GetInt32(at),
        _ when Type == typeof(bool) => row.GetBoolean(at),
        _ when Type == typeof(Guid) => row.GetFieldValue<Guid>(at),
        _ when Type == typeof(DateOnly) => row.GetFieldValue<DateOnly>(at),
        _ when Type == typeof(TimeSpan) => row.GetFieldValue<TimeSpan>(at),
        _ when Type == typeof(double) => row.GetDouble(at),
        _ when Type == typeof(byte[]) => row.GetFieldValue<byte[]>(at),
        _ => throw new InvalidOperationException($"No way is known for values of {Type.Name} (column {Name})."),
    };

    // PostgreSQL keeps JSON in an order and a spelling of its own.
    private string Text(string text) => Json ? Sorted(JsonNode.Parse(text))!.ToJsonString() : StorableText.Of(text);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
