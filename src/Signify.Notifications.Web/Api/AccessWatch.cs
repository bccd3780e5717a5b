using System.Data.Common;
using System.Security.Claims;
using Signify.Notifications.Access;
using Signify.Notifications.Access.Sessions;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Api;

/// <summary>
/// A caller that listens for hours was authorized hours ago: queries again every few seconds, and immediately when a session ends in this
/// process.
/// </summary>
internal sealed class AccessWatch(RulesetAccess access, UserSessions sessions, SessionSignal signal, ApiKeys keys, TimeProvider time)
{
    private readonly TimeProvider _time = time;
    private readonly SessionSignal _signal = signal;

    /// <summary>How long a stream may outlive a session that was ended by another process, or an access that was taken away.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <param name="stream">Cancelled when the access is gone.</param>
    public IAsyncDisposable Start(ClaimsPrincipal who, CancellationTokenSource stream) => new Watch(this, who, stream);

    private async Task<bool> MayAsync(ClaimsPrincipal who, CancellationToken ct)
    {
        try
        {
            return who.FindFirstValue(AccessClaims.KeyName) is { } key
                ? await keys.IsInUseAsync(who.RulesetId()!.Value, key, ct)
                : await MayUserAsync(who, ct);
        }
        catch (DbException)
        {
            return true;    // asked again at the next tick; what the stream tells comes from the same database
        }
    }

    private async Task<bool> MayUserAsync(ClaimsPrincipal who, CancellationToken ct) =>
        who.SessionId() is { } id && await sessions.FindAsync(id, ct) is { } session
        && await access.FindAsync(who.UserId(), who.RulesetId()!.Value, ct) is { } entry
        && (session.MultiFactor || !entry.RequiresTwoFactor);

    private sealed class Watch : IAsyncDisposable
    {
        private readonly CancellationTokenSource _over = new();
        private readonly Task _watching;

        public Watch(AccessWatch parent, ClaimsPrincipal who, CancellationTokenSource stream) => _watching = RunAsync(parent, who, stream, _over.Token);

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await _watching;
            _over.Dispose();
        }

        private static async Task RunAsync(AccessWatch parent, ClaimsPrincipal who, CancellationTokenSource stream, CancellationToken ct)
        {
            try
            {
                // Read before the rows: what ends in between wakes it.
                for (var next = parent._signal.Next; await parent.MayAsync(who, ct); next = parent._signal.Next)
                {
                    using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
                    await Task.WhenAny(next, Task.Delay(Interval, parent._time, waiting.Token));
                    await waiting.CancelAsync();
                    ct.ThrowIfCancellationRequested();
                }

                await stream.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                // The listener has gone.
            }
        }
    }
}
