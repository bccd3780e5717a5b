using Microsoft.Extensions.Hosting;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>The senders at work in this process, so that stopping it waits for the messages on their way.</summary>
public sealed class RunningPumps(IHostApplicationLifetime lifetime) : IDisposable
{
    // Straight from the signal: the services that stop before the sender may take their time.
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    private readonly HashSet<Task> _draining = [];

    /// <summary>Cancelled when the program stops: no new message is begun.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public Task Track(Task draining)
    {
        lock (_draining)
        {
            _draining.RemoveWhere(t => t.IsCompleted);
            _draining.Add(draining);
        }

        return draining;
    }

    /// <summary>Until every message on its way has come to its end and is recorded.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        Task[] running;
        lock (_draining)
        {
            running = [.. _draining];
        }

        await Task.WhenAll(running);
    }

    public void Dispose() => _stopping.Dispose();
}
