using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Reads mailbox states, one query at a time: the callers that arrive while it runs share the next one. A thousand busy mailboxes ask
/// some two thousand times a second, and a query costs hardly more for fifty mailboxes than for one.
/// </summary>
internal sealed class MailboxStateReader(IDbContextFactory<NotificationsDbContext> contexts, TimeProvider time)
{
    /// <summary>Far below what either database accepts in one query.</summary>
    private const int MostAtOnce = 500;

    private readonly Lock _lock = new();
    private Dictionary<int, TaskCompletionSource<MailboxState>> _waiting = [];
    private bool _running;

    /// <returns>The state at a time after the call.</returns>
    public Task<MailboxState> ReadAsync(int mailboxId, CancellationToken ct)
    {
        Task<MailboxState> answer;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(mailboxId, out var waiting))
            {
                _waiting[mailboxId] = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            answer = waiting.Task;
            if (!_running)
            {
                _running = true;
                // Of no caller: its trace and its cancellation are not those of the others.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(RunAsync, CancellationToken.None);
                }
            }
        }

        return answer.WaitAsync(ct);
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                await AnswerAsync(batch);
            }
            catch (Exception ex)
            {
                foreach (var waiting in batch.Values)
                {
                    waiting.TrySetException(ex);
                }
            }
        }
    }

    /// <returns>Empty when no caller waits: then the next caller starts a new run.</returns>
    private Dictionary<int, TaskCompletionSource<MailboxState>> Take()
    {
        lock (_lock)
        {
            var batch = _waiting;
            _waiting = batch.Skip(MostAtOnce).ToDictionary();
            _running = batch.Count > 0;
            return _waiting.Count == 0 ? batch : batch.Take(MostAtOnce).ToDictionary();
        }
    }

    private async Task AnswerAsync(Dictionary<int, TaskCompletionSource<MailboxState>> batch)
    {
        var states = await QueryAsync([.. batch.Keys]);
        foreach (var (mailboxId, waiting) in batch)
        {
            if (states.TryGetValue(mailboxId, out var state))
            {
                waiting.TrySetResult(state);
            }
            else
            {
                waiting.TrySetException(new InvalidOperationException("The mailbox was deleted with its ruleset."));
            }
        }
    }

    private async Task<Dictionary<int, MailboxState>> QueryAsync(int[] mailboxIds)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var onPostgreSql = db.Database.IsNpgsql();
        object ids = onPostgreSql ? mailboxIds : JsonSerializer.Serialize(mailboxIds);
        var sql = onPostgreSql ? MailboxStateSql.OnPostgreSql : MailboxStateSql.OnSqlite;
        await using var command = await db.CommandAsync(sql, CancellationToken.None, ("@mailboxes", ids), ("@now", time.GetUtcNow().UtcTicks));
        await using var reader = await command.ExecuteReaderAsync();
        var states = new Dictionary<int, MailboxState>(mailboxIds.Length);
        while (await reader.ReadAsync())
        {
            states[reader.GetInt32(0)] = MailboxStateSql.Read(reader);
        }

        return states;
    }
}
