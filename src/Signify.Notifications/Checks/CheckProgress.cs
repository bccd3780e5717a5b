using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>A check while it runs: the steps so far, and a way to follow them. Leaving the page does not stop it.</summary>
public sealed class CheckProgress : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<CheckReport> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CheckReport _report;

    private readonly CancellationTokenSource _stop;

    public CheckProgress(SettingsRevision revision, DateTimeOffset startedAt, CancellationToken programStops)
    {
        Revision = revision;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(programStops);
        Stopping = _stop.Token;
        _report = new CheckReport { Passed = false, StartedAt = startedAt, Steps = AllWaiting() };
    }

    /// <summary>What is checked. Another one than was asked for when that one's standby secret had to take over.</summary>
    public SettingsRevision Revision { get; private set; }

    /// <summary>Ends when the report is stored and, if it passed, the revision is active; fails with what kept it from being stored.</summary>
    public Task<CheckReport> Completion => _done.Task;

    public CheckReport Report
    {
        get
        {
            lock (_gate)
            {
                return _report;
            }
        }
    }

    /// <summary>The report now and after each change, the last one complete.</summary>
    public async IAsyncEnumerable<CheckReport> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            CheckReport report;
            lock (_gate)
            {
                (changed, report) = (_changed.Task, _report);
            }

            if (_done.Task.IsCompleted)
            {
                yield return report;
                yield break;
            }

            yield return report;
            await Task.WhenAny(changed, _done.Task).WaitAsync(ct);
        }
    }

    /// <summary>Begins anew with another revision.</summary>
    internal void Follow(SettingsRevision successor)
    {
        Revision = successor;
        Change(report => report with { Steps = AllWaiting() });
    }

    internal void Set(CheckStep step) => Change(report => report with
    {
        Steps = [.. report.Steps.Select(s => s.Name == step.Name ? step : s)],
    });

    internal void Keep(string transcript) => Change(report => report with { Transcript = transcript });

    /// <param name="fault">Why the report could not be stored: callers that wait for the report get it instead.</param>
    internal void Complete(CheckReport report, Exception? fault = null)
    {
        // Together: whoever watches sees the complete report once, as the last.
        lock (_gate)
        {
            _report = report;
            if (fault is null)
            {
                _done.TrySetResult(report);
            }
            else
            {
                _done.TrySetException(fault);
                // Observed here: there may be no caller that waits.
                _ = _done.Task.Exception;
            }
        }
    }

    public void Dispose() => _stop.Dispose();

    internal CancellationToken Stopping { get; }

    internal void Stop() => _stop.Cancel();

    private static CheckStep[] AllWaiting() => [.. Enum.GetValues<StepName>().Select(name => new CheckStep(name, StepState.Waiting))];

    private void Change(Func<CheckReport, CheckReport> change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _report = change(_report);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }
}
