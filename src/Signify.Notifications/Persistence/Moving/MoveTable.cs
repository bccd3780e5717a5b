using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>A table that both databases have, and what its values are.</summary>
internal sealed record MoveTable(string Name, IReadOnlyList<MoveColumn> Columns, MoveColumn? Number)
{
    public string Quoted => $"\"{Name}\"";

    public string ColumnList => string.Join(", ", Columns.Select(c => $"\"{c.Name}\""));

    /// <summary>All tables of the goal's model that the source has too, each after those it refers to. What belongs to a cluster of processes, and the key ring, are not among them.</summary>
    public static IReadOnlyList<MoveTable> Of(NotificationsDbContext source, NotificationsDbContext goal)
    {
        var known = Tables(source).Select(t => t.Name).ToHashSet();
        var left = Tables(goal).Where(t => known.Contains(t.Name)).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<ITable>();
        while (left.Count > 0)
        {
            var next = left.Where(t => t.ForeignKeyConstraints.All(f => f.PrincipalTable == t || ordered.Contains(f.PrincipalTable))).ToList();
            if (next.Count == 0)
            {
                throw new InvalidOperationException($"The tables {string.Join(", ", left.Select(t => t.Name))} refer to each other in a circle.");
            }

            ordered.AddRange(next);
            left.RemoveAll(next.Contains);
        }

        return [.. ordered.Select(Of)];
    }

    private static IEnumerable<ITable> Tables(NotificationsDbContext db) => db.Model.GetRelationalModel().Tables;

    private static MoveTable Of(ITable table)
    {
        MoveColumn[] columns = [.. table.Columns.Select(MoveColumn.Of)];
        // A row's number that the database gives: it must go on from where it was.
        var number = table.PrimaryKey is { Columns: [{ } key] } && key.PropertyMappings is [{ Property.ValueGenerated: ValueGenerated.OnAdd }, ..]
            && (key.ProviderClrType == typeof(int) || key.ProviderClrType == typeof(long)) ? columns.Single(c => c.Name == key.Name) : null;
        return new MoveTable(table.Name, columns, number);
    }
}
