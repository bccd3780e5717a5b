using Fluid;
using Fluid.Ast;

namespace Signify.Notifications.Delivery.Content;

/// <summary>
/// Finds the fields without which a message would have a hole: those put out, whatever other fields say, without a
/// <c>default</c>. What a condition asks for and what stands below it, may be missing; so may the list of a for with an else.
/// </summary>
internal sealed class RequiredFields : AstVisitor
{
    private static readonly string[] OfLists = ["size", "first", "last"];

    private readonly List<string> _paths = [];
    private readonly HashSet<string> _known = new(MergeFields.NameComparer);
    private HashSet<string> _assigned = [];

    public IReadOnlyList<string> Paths => _paths;

    /// <param name="assigned">Names that the template makes itself.</param>
    public void Add(IFluidTemplate template, HashSet<string> assigned)
    {
        _assigned = assigned;
        VisitTemplate(template);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        var names = memberExpression.Segments.TakeWhile(s => s is IdentifierSegment).Select(s => ((IdentifierSegment)s).Identifier).ToList();
        if (names.Count > 1 && OfLists.Contains(names[^1], MergeFields.NameComparer))
        {
            names.RemoveAt(names.Count - 1);
        }

        if (names.Count > 0 && !_assigned.Contains(names[0]) && string.Join('.', names) is var path && _known.Add(path))
        {
            _paths.Add(path);
        }

        return memberExpression;
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression) =>
        filterExpression.Name == "default" ? filterExpression : base.VisitFilterExpression(filterExpression);

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        if (forStatement.Else is null)
        {
            Visit(forStatement.Source);
        }

        return forStatement;
    }

    protected override Statement VisitIfStatement(IfStatement ifStatement) => ifStatement;

    protected override Statement VisitUnlessStatement(UnlessStatement unlessStatement) => unlessStatement;

    protected override Statement VisitCaseStatement(CaseStatement caseStatement) => caseStatement;
}
