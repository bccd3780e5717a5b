using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence.PostgreSql;
using Signify.Notifications.Persistence.Sqlite;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>Runs once, between what the next transaction's owner has read and the transaction: the race, forced.</summary>
public sealed class BeforeTransaction : DbTransactionInterceptor
{
    private Func<Task>? _next;

    public void Once(Func<Task> run) => _next = run;

    public void AddTo(IServiceCollection services) => services
        .ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(this))
        .ConfigureDbContext<PostgreSqlNotificationsDbContext>(options => options.AddInterceptors(this));

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _next, null) is { } run)
        {
            await run();
        }

        return result;
    }
}
