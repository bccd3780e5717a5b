using Signify.Notifications.Delivery.Sending;

namespace Signify.Notifications.Delivery.Grains;

/// <summary>One of the mailboxes of a <see cref="MailboxGrain"/>, and its pump while there is work.</summary>
internal sealed class OwnedMailbox(SenderParts parts, int id)
{
    private MailboxPump? _pump;
    private Task _draining = Task.CompletedTask;
    private long _idleSince = parts.Time.GetTimestamp();

    public int Id => id;

    public bool Woken { get; set; }

    public bool Draining => !_draining.IsCompleted;

    public TimeSpan Idle => Draining ? TimeSpan.Zero : parts.Time.GetElapsedTime(_idleSince);

    public bool HasPump => _pump is not null;

    public Task Ended => _draining;

    // Away from the grain's own scheduler: the pump uses as many threads as it has connections.
    public void Run(Func<OwnedMailbox, Task> step, RunningPumps running) =>
        _draining = running.Track(Task.Run(() => step(this), CancellationToken.None));

    /// <summary>Sends what is due, unless another process owns it and lives: the next wake asks again.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        _pump ??= await MailboxPump.TakeOverAsync(parts, id, ct);
        if (_pump is not null && await _pump.DrainAsync(ct) == Drained.NotOwner)
        {
            await GiveUpAsync();
        }

        _idleSince = parts.Time.GetTimestamp();
    }

    public async Task GiveUpAsync()
    {
        if (_pump is { } pump)
        {
            _pump = null;
            await pump.DisposeAsync();
        }
    }
}
