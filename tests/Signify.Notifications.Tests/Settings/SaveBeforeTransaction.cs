using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Settings;

/// <summary>A store that is slow in the one way that matters: somebody else saves just before its transaction begins.</summary>
internal sealed class SaveBeforeTransaction : DbTransactionInterceptor, IDbContextFactory<NotificationsDbContext>
{
    private readonly TestLibrary _library;
    private Func<SettingsStore, Task>? _winner;

    public SaveBeforeTransaction(TestLibrary library, Func<SettingsStore, Task> winner)
    {
        (_library, _winner) = (library, winner);
        Store = new SettingsStore(this, library.Get<SecretProtector>(), library.Get<RevisionMaking>(), library.Get<AuditLog>(), TimeProvider.System);
    }

    public SettingsStore Store { get; }

    public NotificationsDbContext CreateDbContext()
    {
        using var like = _library.NewContext();
        return SecondConnection.NewContext(like, this);
    }

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _winner, null) is { } winner)
        {
            await winner(_library.Store);
        }

        return result;
    }
}
