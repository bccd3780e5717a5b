using System.Data.Common;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Looks at one ruleset for all who follow it, from the first to the last of them.</summary>
internal sealed class RulesetFeed : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>So long it rests though change follows change.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly List<FeedListener> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private readonly FeedLook _look;
    private readonly DeliverySignals _signals;
    private readonly TimeProvider _time;

    public RulesetFeed(FeedLook look, DeliverySignals signals, TimeProvider time)
    {
        (_look, _signals, _time, _stopped) = (look, signals, time, _stop.Token);
        // It ends with its last listener and hands every fault to those who listen: nobody has to wait for it.
        _ = Task.Run(RunAsync);
    }

    public bool Ended { get; private set; }

    public FeedListener Add()
    {
        var listener = new FeedListener();
        lock (_gate)
        {
            _listeners.Add(listener);
            foreach (var state in _look.Told)
            {
                listener.Tell(state);
            }
        }

        return listener;
    }

    /// <returns>Whether it was the last one: dispose the feed.</returns>
    public bool Remove(FeedListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
            return _listeners.Count == 0;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stopped.IsCancellationRequested)
            {
                // Asked for before the look: what changes meanwhile is looked at next.
                var changed = _signals.NextAsync(_look.MailboxId);
                var changes = await _look.ReadAsync(_stopped);
                Tell(changes);
                await Task.Delay(Rest, _time, _stopped);
                await WaitAsync(changed);
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (DbException)
        {
            // Locked, full or away: those who follow come back by themselves.
            End(null);
        }
        catch (Exception ex)
        {
            End(ex);
        }
    }

    private async Task WaitAsync(Task changed)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopped);
        await Task.WhenAny(changed, Task.Delay(Look - Rest, _time, waiting.Token));
        await waiting.CancelAsync();
    }

    private void Tell(IReadOnlyList<DeliveryEvent> changes)
    {
        lock (_gate)
        {
            _look.Keep(changes);
            foreach (var listener in _listeners)
            {
                foreach (var change in changes)
                {
                    listener.Tell(change);
                }
            }
        }
    }

    private void End(Exception? fault)
    {
        lock (_gate)
        {
            Ended = true;
            _listeners.ForEach(listener => listener.End(fault));
        }
    }
}
