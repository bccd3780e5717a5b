using System.Text.RegularExpressions;
using Fluid.Ast;
using Fluid.Values;

namespace Signify.Notifications.Delivery.Content;

/// <summary>Finds what parses and may not be: unknown filters, endless ranges, expressions without end. Notes the names a template makes itself.</summary>
internal sealed class TemplateRules(string field, string source) : AstVisitor
{
    private const int ExpressionLimit = 20_000;
    private const int RangeLimit = 10_000;
    private const int DepthLimit = 250;
    private const int ErrorLimit = 50;

    private readonly Dictionary<string, int> _searched = [];
    private int _expressions;
    private int _depth;
    private bool _tooDeep;

    public List<TemplateError> Errors { get; } = [];

    public HashSet<string> Assigned { get; } = new(MergeFields.NameComparer) { "forloop" };

    public override Expression Visit(Expression expression)
    {
        if (expression is not null && ++_expressions == ExpressionLimit)
        {
            Add(new TemplateError(field, $"It has more than {ExpressionLimit} expressions."));
        }

        return Deeper() ? Back(base.Visit(expression!)) : expression!;
    }

    public override Statement Visit(Statement statement) => Deeper() ? Back(base.Visit(statement)) : statement;

    protected override Statement VisitAssignStatement(AssignStatement assignStatement)
    {
        Assigned.Add(assignStatement.Identifier);
        return base.VisitAssignStatement(assignStatement);
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        Assigned.Add(forStatement.Identifier);
        return base.VisitForStatement(forStatement);
    }

    protected override Statement VisitIncrementStatement(IncrementStatement incrementStatement)
    {
        Assigned.Add(incrementStatement.Identifier);
        return base.VisitIncrementStatement(incrementStatement);
    }

    protected override Statement VisitDecrementStatement(DecrementStatement decrementStatement)
    {
        Assigned.Add(decrementStatement.Identifier);
        return base.VisitDecrementStatement(decrementStatement);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        if (memberExpression.Segments[0] is not IdentifierSegment)
        {
            Add(new TemplateError(field, "A value begins with the name of a field."));
        }

        foreach (var indexer in memberExpression.Segments.OfType<IndexerSegment>())
        {
            Visit(indexer.Expression);
        }

        return base.VisitMemberExpression(memberExpression);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        // Each is found by reading the source once more: no more of them than are reported.
        if (Errors.Count < ErrorLimit && !TemplateLanguage.HasFilter(filterExpression.Name))
        {
            var (line, column) = TemplateShape.Place(source, Find(filterExpression.Name));
            Add(new TemplateError(field, $"There is no filter '{filterExpression.Name}'.", line, column));
        }

        return base.VisitFilterExpression(filterExpression);
    }

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        // Fluid makes all its numbers before the first step.
        if (rangeExpression is not { From: LiteralExpression { Value: NumberValue from }, To: LiteralExpression { Value: NumberValue to } }
            || to.ToNumberValue() - from.ToNumberValue() >= RangeLimit)
        {
            Add(new TemplateError(field, $"A range goes from a number to a number, such as (1..5), over at most {RangeLimit}."));
        }

        return base.VisitRangeExpression(rangeExpression);
    }

    private void Add(TemplateError error)
    {
        if (Errors.Count < ErrorLimit)
        {
            Errors.Add(error);
        }
    }

    private int Find(string filter)
    {
        var match = new Regex(@"\|\s*" + Regex.Escape(filter) + @"\b").Match(source, _searched.GetValueOrDefault(filter));
        _searched[filter] = match.Index + match.Length;
        return match.Index;
    }

    /// <summary>False, and told once, where filters, conditions or blocks go deeper than a thread's stack bears when they are carried out.</summary>
    private bool Deeper()
    {
        if (_depth < DepthLimit)
        {
            _depth++;
            return true;
        }

        if (!_tooDeep)
        {
            _tooDeep = true;
            Add(new TemplateError(field, $"Its filters, conditions and blocks go more than {DepthLimit} deep."));
        }

        return false;
    }

    private T Back<T>(T visited)
    {
        _depth--;
        return visited;
    }
}
