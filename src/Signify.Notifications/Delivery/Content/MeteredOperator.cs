using Fluid;
using Fluid.Ast;
using Fluid.Ast.BinaryExpressions;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>A comparison weighed by its operands: <c>contains</c> costs the product of both, the others their sum.</summary>
internal sealed class MeteredOperator(BinaryExpression expression) : Expression
{
    private readonly Func<Expression, Expression, BinaryExpression> _rebuilt = Rebuild(expression);

    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var budget = RenderBudget.Of(context);
        budget.SpendNested(8 * RenderBudget.Item);
        var left = await expression.Left.EvaluateAsync(context);
        var right = await expression.Right.EvaluateAsync(context);
        budget.Spend(Cost(left, right, budget));
        var result = await _rebuilt(new LiteralExpression(left), new LiteralExpression(right)).EvaluateAsync(context);
        return new ConditionValue(result.IsNil() ? NilValue.Instance : left, result.ToBooleanValue());
    }

    private long Cost(FluidValue left, FluidValue right, RenderBudget budget) => expression switch
    {
        AndBinaryExpression or OrBinaryExpression => 0,
        ContainsBinaryExpression => Contains(budget.SizeOf(left), budget.SizeOf(right), RenderBudget.CountOf(left)),
        // By the rules of the culture, character by character.
        StartsWithBinaryExpression or EndsWithBinaryExpression => RenderBudget.Item * (budget.SizeOf(left) + budget.SizeOf(right)),
        _ when left is StringValue && right is StringValue => Math.Min(budget.SizeOf(left), budget.SizeOf(right)),
        _ => budget.SizeOf(left) + budget.SizeOf(right),
    };

    private static long Contains(long left, long right, long count) => (left * (1 + (right / 16))) + (count * right);

    // Fluid evaluates an operator's operands within it, where their size is not known beforehand.
    private static Func<Expression, Expression, BinaryExpression> Rebuild(BinaryExpression of) => of switch
    {
        AndBinaryExpression => (l, r) => new AndBinaryExpression(l, r),
        OrBinaryExpression => (l, r) => new OrBinaryExpression(l, r),
        ContainsBinaryExpression => (l, r) => new ContainsBinaryExpression(l, r),
        StartsWithBinaryExpression => (l, r) => new StartsWithBinaryExpression(l, r),
        EndsWithBinaryExpression => (l, r) => new EndsWithBinaryExpression(l, r),
        EqualBinaryExpression => (l, r) => new EqualBinaryExpression(l, r),
        NotEqualBinaryExpression => (l, r) => new NotEqualBinaryExpression(l, r),
        GreaterThanBinaryExpression { Strict: var strict } => (l, r) => new GreaterThanBinaryExpression(l, r, strict),
        LowerThanBinaryExpression { Strict: var strict } => (l, r) => new LowerThanBinaryExpression(l, r, strict),
        _ => throw new NotSupportedException($"{of.GetType().Name} has no cost."),
    };
}
