namespace Signify.Notifications.Transports;

/// <summary>Where a message may have gone: before it the caller's token calls the message off, from there on only the time is up.</summary>
internal sealed class PointOfNoReturn : IDisposable
{
    private const int OnTheWay = 0;
    private const int Behind = 1;
    private const int Off = 2;

    private readonly CancellationTokenSource _bound;
    private readonly CancellationTokenRegistration _stop;
    private int _state;

    /// <param name="bound">Ends the sending: by its own time, or when <paramref name="stop"/> calls the message off. Stays the caller's.</param>
    public PointOfNoReturn(CancellationTokenSource bound, CancellationToken stop)
    {
        _bound = bound;
        _stop = stop.UnsafeRegister(static (self, _) => ((PointOfNoReturn)self!).CallOff(), this);
    }

    /// <summary>Only the server knows what became of the message.</summary>
    public bool Passed => Volatile.Read(ref _state) == Behind;

    /// <summary>The caller's token ended it in time: nothing was sent.</summary>
    public bool CalledOff => Volatile.Read(ref _state) == Off;

    /// <summary>Just before the last byte without which the server sends nothing.</summary>
    /// <exception cref="OperationCanceledException">It was called off before.</exception>
    public void Pass()
    {
        if (Interlocked.CompareExchange(ref _state, Behind, OnTheWay) == Off)
        {
            throw new OperationCanceledException();
        }
    }

    public void Dispose() => _stop.Dispose();

    private void CallOff()
    {
        if (Interlocked.CompareExchange(ref _state, Off, OnTheWay) == OnTheWay)
        {
            _bound.Cancel();
        }
    }
}
