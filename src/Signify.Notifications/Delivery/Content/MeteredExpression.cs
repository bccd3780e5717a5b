using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>An expression that costs a fixed amount, more with each open loop.</summary>
internal sealed class MeteredExpression(Expression inner, long cost) : Expression
{
    public override ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var budget = RenderBudget.Of(context);
        budget.SpendNested(cost * (1 + (budget.Loops / 4)));
        return inner.EvaluateAsync(context);
    }
}

/// <summary>An expression whose value is read as a whole, so many times.</summary>
internal sealed class SizedExpression(Expression inner, int times = 1) : Expression
{
    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var budget = RenderBudget.Of(context);
        budget.SpendNested(RenderBudget.Item);
        var value = await inner.EvaluateAsync(context);
        budget.Spend(budget.SizeOf(value) * times);
        return value;
    }
}

/// <summary>What is put out: always a text, so that it goes through the encoder. Fluid writes the texts in a list as they are.</summary>
internal sealed class OutputExpression(Expression inner) : Expression
{
    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var budget = RenderBudget.Of(context);
        budget.SpendNested(RenderBudget.Item);
        var value = await inner.EvaluateAsync(context);
        // The encoder and a list need room for all of it before the output's limit is asked.
        budget.Spend(2 * budget.SizeOf(value));
        return value.Type switch
        {
            FluidValues.Array => new StringValue(string.Concat(value.Enumerate(context).Select(item => item.ToStringValue()))),
            FluidValues.Dictionary => new StringValue(value.ToStringValue()),
            _ => value,
        };
    }
}
