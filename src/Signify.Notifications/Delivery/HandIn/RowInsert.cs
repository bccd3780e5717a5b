using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// A prepared INSERT of one table, made from EF's model: its columns and conversions, without its change tracker, which costs four
/// fifths of a bulk hand-in. Lives as long as its transaction.
/// </summary>
internal sealed class RowInsert<TRow> : IDisposable
    where TRow : class
{
    private readonly DbCommand _command;
    private readonly List<(DbParameter Parameter, IClrPropertyGetter Value, Func<object?, object?>? ToProvider)> _values = [];

    /// <param name="alike">When given, only the <paramref name="varying"/> properties are bound for each row; the others are written out as of this one.</param>
    public RowInsert(NotificationsDbContext db, TRow? alike = null, params string[] varying)
    {
        var type = db.Model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException($"{typeof(TRow).Name} is no row of the model.");
        _command = db.Database.GetDbConnection().CreateCommand();
        _command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var columns = new List<string>();
        var values = new List<string>();
        var generated = "";
        var quote = db.GetService<ISqlGenerationHelper>();
        foreach (var property in type.GetProperties())
        {
            var column = quote.DelimitIdentifier(property.GetColumnName());
            if (property.ValueGenerated == ValueGenerated.OnAdd && property.IsPrimaryKey())
            {
                generated = $" RETURNING {column}";
                continue;
            }

            columns.Add(column);
            values.Add(alike is null || varying.Contains(property.Name) ? Bind(property) : Literal(property, alike));
        }

        _command.CommandText =
            $"INSERT INTO {quote.DelimitIdentifier(type.GetTableName()!)} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", values)})"
            + (alike is null ? generated : "");
        _command.Prepare();
    }

    /// <returns>The number the database gave the row; 0 where it gives none, or is not asked (rows alike).</returns>
    public long Insert(TRow row)
    {
        foreach (var (parameter, value, toProvider) in _values)
        {
            var model = value.GetClrValueUsingContainingEntity(row);
            parameter.Value = (toProvider is null || model is null ? model : toProvider(model)) ?? DBNull.Value;
        }

        return Convert.ToInt64(_command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _command.Dispose();

    private string Bind(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        var parameter = mapping.CreateParameter(_command, $"@p{_values.Count}", null, property.IsNullable);
        _command.Parameters.Add(parameter);
        _values.Add((parameter, property.GetGetter(), mapping.Converter?.ConvertToProvider));
        return parameter.ParameterName;
    }

    private static string Literal(IProperty property, TRow row) =>
        property.GetRelationalTypeMapping().GenerateSqlLiteral(property.GetGetter().GetClrValueUsingContainingEntity(row));
}
