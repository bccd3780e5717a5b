using Signify.Notifications.Findings;
using Signify.Notifications.Network;

namespace Signify.Notifications.Transports;

/// <summary>Network steps one after another: each within the Timeout of the settings, all of them within twice that.</summary>
internal sealed class BoundedSteps(TimeSpan timeout, TimeProvider time, CancellationToken stopped) : IDisposable
{
    private readonly CancellationTokenSource _overall = new(timeout * 2, time);

    /// <exception cref="TransportUnavailableException">The step took too long, which means <paramref name="late"/>.</exception>
    public async Task<T> RunAsync<T>(Finding late, Func<CancellationToken, Task<T>> step)
    {
        using var bound = new CancellationTokenSource(timeout, time);
        using var ct = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, _overall.Token, stopped);
        try
        {
            return await step(ct.Token);
        }
        catch (OperationCanceledException ex) when (!stopped.IsCancellationRequested)
        {
            throw new TransportUnavailableException(late, (ex as ConnectCanceledException)?.Evidence);
        }
    }

    public Task RunAsync(Finding late, Func<CancellationToken, Task> step) => RunAsync(late, async ct =>
    {
        await step(ct);
        return true;
    });

    public void Dispose() => _overall.Dispose();
}
