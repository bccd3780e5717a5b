using System.Text.Json;
using Fluid;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>One recipient's fields, as templates see them. Names are found whatever their case.</summary>
internal sealed class MergeFields
{
    private readonly Dictionary<string, FluidValue> _values = new(NameComparer);

    public static StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    /// <exception cref="TemplateException">It is no JSON object.</exception>
    public static MergeFields Read(string? json)
    {
        var fields = new MergeFields();
        if (json is null)
        {
            return fields;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                fields._values[property.Name] = Value(property.Value);
            }
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            throw new TemplateException(new TemplateError("fields", "This recipient's fields are not a JSON object."), ex);
        }

        return fields;
    }

    public TemplateContext NewContext(RenderBudget budget)
    {
        var context = new RenderContext(budget);
        foreach (var (name, value) in _values)
        {
            context.SetValue(name, value);
        }

        return context;
    }

    private static FluidValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new StringValue(json.GetString()!),
        // Beyond the range of decimal, as it was written.
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? NumberValue.Create(number) : new StringValue(json.GetRawText()),
        JsonValueKind.True => BooleanValue.True,
        JsonValueKind.False => BooleanValue.False,
        JsonValueKind.Array => new ArrayValue([.. json.EnumerateArray().Select(Value)]),
        JsonValueKind.Object => new DictionaryValue(new Members(json)),
        _ => NilValue.Instance,
    };

    private sealed class Members : IFluidIndexable
    {
        private readonly Dictionary<string, FluidValue> _values = new(NameComparer);

        public Members(JsonElement json)
        {
            foreach (var property in json.EnumerateObject())
            {
                _values[property.Name] = Value(property.Value);
            }
        }

        public int Count => _values.Count;

        public IEnumerable<string> Keys => _values.Keys;

        public bool TryGetValue(string name, out FluidValue value) => _values.TryGetValue(name, out value!);
    }
}
