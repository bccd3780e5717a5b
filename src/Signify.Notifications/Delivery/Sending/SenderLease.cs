using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Signify.Notifications.Delivery.Sending.Recording;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Lets the database hear every two seconds that this process lives, and at its end that its mailboxes are free.</summary>
internal sealed partial class SenderLease(
    IDbContextFactory<NotificationsDbContext> contexts, SenderIdentity self, SendRecorder recorder, TimeProvider time,
    ILogger<SenderLease> logger)
    : ResilientService(time, logger)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;

    protected override TimeSpan RetryAfter => Beat;

    protected override IReadOnlyList<Func<CancellationToken, Task>> Loops => [RenewAsync];

    /// <summary>After the senders have come to their end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(LeaseSql.Leave, cancellationToken);
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Beat, _time);
        do
        {
            // A process that cannot record results keeps no mailbox.
            await TryAsync(recorder.IsStuck ? LeaseSql.Leave : LeaseSql.Beat, ct);
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task TryAsync(string sql, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Database.ExecuteSqlRawAsync(sql, [new NpgsqlParameter("owner", self.Id)], ct);
        }
        catch (DbException ex)
        {
            LogUnheard(_logger, ex);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not hear that this process lives. After eight seconds of that others may take over its mailboxes.")]
    private static partial void LogUnheard(ILogger logger, DbException ex);
}
