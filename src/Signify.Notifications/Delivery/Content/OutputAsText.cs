using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>Has whatever is put out go through the encoder. Fluid writes the texts in a list as they are.</summary>
internal sealed class OutputAsText : AstRewriter
{
    protected override Statement VisitOutputStatement(OutputStatement outputStatement) => new OutputStatement(new Text(outputStatement.Expression));

    private sealed class Text(Expression expression) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var value = await expression.EvaluateAsync(context);
            return value is ArrayValue or DictionaryValue ? new StringValue(Join(value, context)) : value;
        }

        protected override Expression Accept(AstVisitor visitor) => visitor.VisitOtherExpression(this);

        private static string Join(FluidValue value, TemplateContext context) =>
            value is ArrayValue ? string.Concat(value.Enumerate(context).Select(item => item.ToStringValue())) : value.ToStringValue();
    }
}
