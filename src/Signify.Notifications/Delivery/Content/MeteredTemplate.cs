using Fluid.Ast;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>Puts a meter on each statement and expression, so that no template can work without spending.</summary>
internal sealed class MeteredTemplate : AstRewriter
{
    public override Statement? Visit(Statement? statement)
    {
        var visited = statement is null ? null : base.Visit(statement);
        // An else, elsif or when belongs to its if or case, which knows it by its type.
        return visited is null or ElseStatement or ElseIfStatement or WhenStatement or MeteredLoop
            ? visited
            : new MeteredStatement(visited);
    }

    public override Expression? Visit(Expression? expression)
    {
        var visited = expression is null ? null : base.Visit(expression);
        return visited switch
        {
            BinaryExpression binary => new MeteredOperator(binary),
            MemberExpression member => new MeteredExpression(member, Cost(member)),
            RangeExpression range => new MeteredExpression(range, RenderBudget.Item * Length(range)),
            _ => visited,
        };
    }

    protected override Statement VisitOutputStatement(OutputStatement outputStatement) =>
        new OutputStatement(new OutputExpression(Visit(outputStatement.Expression)!));

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        var source = forStatement.Source is MemberExpression name ? VisitMemberExpression(name) : Visit(forStatement.Source);
        var offset = forStatement.OffsetIsContinue ? forStatement.Offset : Sized(forStatement.Offset);
        var otherwise = (ElseStatement?)Visit((Statement?)forStatement.Else);
        TryRewriteStatements(forStatement.Statements, out var statements);
        var rewritten = new ForStatement(
            statements, forStatement.Identifier, source, Sized(forStatement.Limit), offset, forStatement.Reversed, otherwise);
        return new MeteredLoop(rewritten, source as MemberExpression);
    }

    protected override Statement VisitCaseStatement(CaseStatement caseStatement)
    {
        // Compared with each option, and each with it.
        var options = caseStatement.Whens.Sum(w => w.Options.Count);
        return new CaseStatement(
            new SizedExpression(Visit(caseStatement.Expression)!, 1 + options),
            (ElseStatement?)Visit((Statement?)caseStatement.Else),
            [.. caseStatement.Whens.Select(w => (WhenStatement)VisitWhenStatement(w))]);
    }

    protected override Statement VisitWhenStatement(WhenStatement whenStatement)
    {
        TryRewriteStatements(whenStatement.Statements, out var statements);
        return new WhenStatement([.. whenStatement.Options.Select(o => Sized(o)!)], statements);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression) => new MemberExpression(
        [.. memberExpression.Segments.Select(s => s is IndexerSegment indexer ? new IndexerSegment(Sized(indexer.Expression)) : s)]);

    private SizedExpression? Sized(Expression? expression) => expression is null ? null : new SizedExpression(Visit(expression)!);

    private static long Cost(MemberExpression member) => RenderBudget.Item + member.Segments.Sum(Cost);

    // The name is hashed.
    private static long Cost(MemberSegment segment) =>
        (RenderBudget.Item / 2) + (segment is IdentifierSegment { Identifier.Length: var length } ? length / 4 : 0);

    private static long Length(RangeExpression range) =>
        range is { From: LiteralExpression { Value: NumberValue from }, To: LiteralExpression { Value: NumberValue to } }
        ? 1 + (long)Math.Max(0, to.ToNumberValue() - from.ToNumberValue())
        : throw new NotSupportedException("A range without an end has no cost.");
}
