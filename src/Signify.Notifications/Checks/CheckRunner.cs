using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>Runs checks in the background, one at a time for a ruleset, and puts a draft in charge when its check passes.</summary>
public sealed partial class CheckRunner(
    SettingsCheck check, CheckStore checks, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<CheckRunner> logger)
{
    private readonly ConcurrentDictionary<Guid, CheckProgress> _running = new();
    private readonly ConcurrentDictionary<Guid, Guid> _unstored = new();
    private readonly Lock _starting = new();
    private TaskCompletionSource<CheckProgress> _next = NewNext();

    /// <summary>The check under way for the ruleset; null when none is.</summary>
    public CheckProgress? Find(Guid rulesetId) => _running.GetValueOrDefault(rulesetId);

    /// <summary>Starts a check of the revision, or joins the one that runs for it. A check of an older revision is stopped.</summary>
    public CheckProgress Start(SettingsRevision revision, string by)
    {
        lock (_starting)
        {
            if (Find(revision.RulesetId) is { } running && running.Revision.Id == revision.Id)
            {
                return running;
            }

            Find(revision.RulesetId)?.Stop();
            return Begin(revision, by);
        }
    }

    /// <summary>Whether the last check of the revision could not be stored, so that the stored one is not the last.</summary>
    public bool IsUnstored(SettingsRevision revision) => _unstored.TryGetValue(revision.RulesetId, out var id) && id == revision.Id;

    /// <summary>Starts a check of the revision unless one runs for the ruleset, which a check that nobody asked for must not stop.</summary>
    /// <returns>Null when one runs.</returns>
    public CheckProgress? StartIfIdle(SettingsRevision revision, string by)
    {
        lock (_starting)
        {
            return Find(revision.RulesetId) is null ? Begin(revision, by) : null;
        }
    }

    /// <summary>The check under way for the ruleset, or the next one to start.</summary>
    public async Task<CheckProgress> NextAsync(Guid rulesetId, CancellationToken ct)
    {
        while (true)
        {
            Task<CheckProgress> next;
            lock (_starting)
            {
                if (Find(rulesetId) is { } running)
                {
                    return running;
                }

                next = _next.Task;
            }

            if (await next.WaitAsync(ct) is { } started && started.Revision.RulesetId == rulesetId)
            {
                return started;
            }
        }
    }

    private CheckProgress Begin(SettingsRevision revision, string by)
    {
        var progress = new CheckProgress(revision, time.GetUtcNow(), lifetime.ApplicationStopping);
        _running[revision.RulesetId] = progress;
        _unstored.TryRemove(revision.RulesetId, out _);
        _ = RunAsync(progress, by);
        _next.TrySetResult(progress);
        _next = NewNext();
        return progress;
    }

    private async Task RunAsync(CheckProgress progress, string by)
    {
        await Task.Yield();
        var (report, fault) = await FinishAsync(progress, by);
        if (fault is not null)
        {
            _unstored[progress.Revision.RulesetId] = progress.Revision.Id;
        }

        // Out of the list before it is complete: whoever has seen the end and starts again must not be handed the old check.
        lock (_starting)
        {
            _running.TryRemove(new KeyValuePair<Guid, CheckProgress>(progress.Revision.RulesetId, progress));
            progress.Dispose();
        }

        progress.Complete(report, fault);
    }

    private async Task<(CheckReport Report, Exception? Fault)> FinishAsync(CheckProgress progress, string by)
    {
        try
        {
            var report = await check.RunAsync(progress, progress.Stopping);
            // What was found out is stored even while the program is being stopped.
            await checks.ConcludeAsync(progress.Revision, report, by, CancellationToken.None);
            return (report, null);
        }
        catch (OperationCanceledException)
        {
            return (progress.Report.Interrupted(), null);
        }
        catch (Exception ex) when (DatabaseFault.Find(ex) is not null)
        {
            // The settings are not at fault: callers that wait for the result get the database's fault.
            LogUnstored(ex, progress.Revision.Number);
            return (progress.Report.Interrupted(), ex);
        }
        catch (Exception ex)
        {
            // A fault of ours: the page must not wait for ever, and the log must know.
            LogFault(ex, progress.Revision.Number);
            return (progress.Report.Interrupted(), null);
        }
    }

    private static TaskCompletionSource<CheckProgress> NewNext() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Error, Message = "The check of revision {Revision} could not be stored.")]
    private partial void LogUnstored(Exception exception, int revision);

    [LoggerMessage(Level = LogLevel.Error, Message = "The check of revision {Revision} broke off.")]
    private partial void LogFault(Exception exception, int revision);
}
