using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;

namespace Signify.Notifications.Delivery.Content;

/// <summary>A statement that costs a fixed amount: one that does nothing can be in a loop a hundred thousand times.</summary>
internal sealed class MeteredStatement(Statement inner) : Statement
{
    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        RenderBudget.Of(context).SpendNested(RenderBudget.Item);
        return inner.WriteToAsync(writer, encoder, context);
    }
}

/// <summary>A loop, which copies its list before the first step.</summary>
/// <param name="source">The list where it is a name: Fluid finds <c>offset: continue</c> by it, so that it cannot be wrapped.</param>
internal sealed class MeteredLoop(ForStatement inner, MemberExpression? source) : Statement
{
    public override async ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var budget = RenderBudget.Of(context);
        budget.SpendNested(RenderBudget.Item);
        if (source is not null)
        {
            budget.Spend(RenderBudget.Item * RenderBudget.CountOf(await source.EvaluateAsync(context)));
        }

        budget.Loops++;
        try
        {
            return await inner.WriteToAsync(writer, encoder, context);
        }
        finally
        {
            budget.Loops--;
        }
    }
}
