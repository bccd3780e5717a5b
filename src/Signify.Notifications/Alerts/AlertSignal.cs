namespace Signify.Notifications.Alerts;

/// <summary>Wakes who tells alerts in this process. A hint: the rows are the truth, and they are looked at regularly all the same.</summary>
public sealed class AlertSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // One hint says it all.
        }
    }

    /// <summary>Returns at the next hint, or when the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await _raised.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    public void Dispose() => _raised.Dispose();
}
