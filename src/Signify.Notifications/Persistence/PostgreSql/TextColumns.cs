using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Persistence.PostgreSql;

internal static class TextColumns
{
    /// <summary>
    /// Texts compare by their bytes, whatever the database's language: what was searched by its beginning, and where a page ended, is
    /// the same place on both databases. How long one may be is the program's to say, which says it in words; a column that refused
    /// besides would turn a server's long answer into a record that cannot be written.
    /// </summary>
    public static void StoreTextsAsSqlite(this ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(t => t.GetProperties()))
        {
            if ((property.GetProviderClrType() ?? property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string) && property.GetColumnType() != "jsonb")
            {
                property.SetColumnType("text");
                property.SetCollation("C");
            }
        }
    }
}
