using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>The hand-in's own database refused; apart from what a caller's list of recipients throws, which may come from a database too.</summary>
internal sealed class NotStoredException(Exception innerException) : Exception("The database cannot be written at present.", innerException)
{
    public static async Task<T> UnlessAsync<T>(Func<Task<T>> deed)
    {
        try
        {
            return await deed();
        }
        catch (Exception ex) when (ex is DbException or DbUpdateException)
        {
            throw new NotStoredException(ex);
        }
    }

    public static Task UnlessAsync(Func<Task> deed) => UnlessAsync(async () =>
    {
        await deed();
        return true;
    });
}
