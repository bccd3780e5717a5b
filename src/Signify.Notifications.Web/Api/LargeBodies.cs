using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Api;

/// <summary>Bounds the memory for JSON of all calls: <see cref="HandInOptions.LargeBodies"/> large ones are held at a time.</summary>
internal sealed class LargeBodies(IOptions<HandInOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.LargeBodies);

    public int Free => _free.CurrentCount;

    public LargeBodySlot NewSlot(CancellationToken ct) => new(_free, options.Value, ct);

    public void Dispose() => _free.Dispose();
}

/// <summary>One call's share of <see cref="LargeBodies"/>; disposed when its JSON is no longer held.</summary>
internal sealed class LargeBodySlot(SemaphoreSlim free, HandInOptions limits, CancellationToken ct) : IDisposable
{
    private readonly CancellationTokenSource _deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private bool _taken;

    /// <param name="bytes">Held or announced so far; null when not known.</param>
    /// <returns>False when that is large and no slot is free.</returns>
    public bool Admits(long? bytes)
    {
        if (_taken || (bytes ?? 0) <= limits.LargeBodyBytes)
        {
            return true;
        }

        if (!free.Wait(0, CancellationToken.None))
        {
            return false;
        }

        _taken = true;
        _deadline.CancelAfter(TimeSpan.FromSeconds(limits.LargeBodySeconds));
        return true;
    }

    /// <exception cref="BadHttpRequestException">
    /// The body is large and has not ended after <see cref="HandInOptions.LargeBodySeconds"/>.
    /// </exception>
    public async ValueTask<T> ReadAsync<T>(Func<CancellationToken, ValueTask<T>> read)
    {
        try
        {
            return await read(_deadline.Token);
        }
        catch (OperationCanceledException) when (_deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // A slow caller must not hold the slot.
            throw new BadHttpRequestException("The large body did not arrive in time.", StatusCodes.Status408RequestTimeout);
        }
    }

    public void Dispose()
    {
        _deadline.Dispose();
        if (_taken)
        {
            _taken = false;
            free.Release();
        }
    }
}
