namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Turns of the rulesets that share one mailbox: what is free goes to the one, of those that asked, that had its turn longest ago.
/// Not thread-safe.
/// </summary>
internal sealed class PaceTurns
{
    /// <summary>How long one that was to ask again may be late until the others no longer wait for it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, (long Turn, DateTimeOffset From, DateTimeOffset Until)> _asked = [];
    private long _turn;

    /// <summary>Whether none comes before it. The others, if any, ask again within moments.</summary>
    public bool Is(int mailboxId, DateTimeOffset now)
    {
        var own = _asked.GetValueOrDefault(mailboxId).Turn;
        return !_asked.Any(other =>
            other.Key != mailboxId && other.Value.Turn < own && other.Value.From <= now && now <= other.Value.Until);
    }

    /// <summary>It got nothing, and asks again at <paramref name="at"/>.</summary>
    public void Waits(int mailboxId, DateTimeOffset at) => _asked[mailboxId] = (_asked.GetValueOrDefault(mailboxId).Turn, at, at + Late);

    public void Took(int mailboxId) => _asked[mailboxId] = (++_turn, DateTimeOffset.MaxValue, DateTimeOffset.MinValue);

    public void Forget(int mailboxId) => _asked.Remove(mailboxId);
}
