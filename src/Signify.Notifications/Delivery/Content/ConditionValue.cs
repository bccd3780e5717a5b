using System.Globalization;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// What a comparison results in, as Liquid has it: its outcome in a condition, its left operand elsewhere. Fluid's own keeps the
/// comparison before it, so that <c>assign x = x == 1</c> in a loop nests without end and overflows the stack.
/// </summary>
internal sealed class ConditionValue(FluidValue operand, bool outcome) : FluidValue
{
    public FluidValue Operand { get; } = operand is ConditionValue inner ? inner.Operand : operand;

    public override FluidValues Type => Operand.Type;

    public override bool Equals(FluidValue other) => Operand.Equals(other);

    public override bool Equals(object? obj) => obj is FluidValue other && Operand.Equals(other);

    public override int GetHashCode() => Operand.GetHashCode();

    public override bool ToBooleanValue() => outcome;

    public override decimal ToNumberValue() => Operand.ToNumberValue();

    public override string ToStringValue() => outcome ? "true" : "false";

    public override object ToObjectValue() => Operand.ToObjectValue();

    public override bool IsNil() => Operand.IsNil();

    public override bool Contains(FluidValue value) => Operand.Contains(value);

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo) =>
        Operand.WriteToAsync(writer, encoder, cultureInfo);

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) => Operand.GetValueAsync(name, context);

    public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) => Operand.GetIndexAsync(index, context);

    public override IEnumerable<FluidValue> Enumerate(TemplateContext context) => Operand.Enumerate(context);
}
