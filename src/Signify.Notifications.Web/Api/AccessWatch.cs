using System.Data.Common;
using System.Security.Claims;
using Signify.Notifications.Access;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Api;

/// <summary>Whoever listens for hours was let in hours ago: asks again now and then, and ends the stream of a person or key that would no longer be.</summary>
internal sealed class AccessWatch(RulesetAccess access, ApiKeys keys, TimeProvider time)
{
    private readonly TimeProvider _time = time;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <param name="stream">Cancelled when the access is gone.</param>
    public IAsyncDisposable Start(ClaimsPrincipal who, CancellationTokenSource stream) => new Watch(this, who, stream);

    private async Task<bool> MayAsync(ClaimsPrincipal who, CancellationToken ct)
    {
        try
        {
            return who.FindFirstValue(AccessClaims.KeyName) is { } key
                ? await keys.IsInUseAsync(who.RulesetId()!.Value, key, ct)
                : await access.FindAsync(who.UserId(), who.RulesetId()!.Value, ct) is not null;
        }
        catch (DbException)
        {
            return true;    // asked again at the next tick; what the stream tells comes from the same database
        }
    }

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
            using var timer = new PeriodicTimer(Interval, parent._time);
            try
            {
                while (await timer.WaitForNextTickAsync(ct))
                {
                    if (!await parent.MayAsync(who, ct))
                    {
                        await stream.CancelAsync();
                        return;
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The listener has gone.
            }
        }
    }
}
