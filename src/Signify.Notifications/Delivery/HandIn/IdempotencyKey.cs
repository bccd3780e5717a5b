namespace Signify.Notifications.Delivery.HandIn;

/// <summary>
/// Makes a hand-in safe to repeat: the same key with the same body gets the first answer again and queues nothing. Known to its
/// ruleset alone, for as long as <see cref="HandInOptions.KeepKeysDays"/> says. Only what was queued is kept: a refusal is found anew.
/// </summary>
public sealed class IdempotencyKey
{
    private readonly Func<byte[]>? _bodyHash;

    /// <param name="value">1 to 255 visible ASCII characters.</param>
    /// <param name="bodyHash">SHA-256 of what was sent, asked for once all recipients were read; null compares what was handed in.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not such a text: see <see cref="IsValid"/>.</exception>
    public IdempotencyKey(string value, Func<byte[]>? bodyHash = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsValid(value))
        {
            throw new ArgumentException("An idempotency key is 1 to 255 visible ASCII characters.", nameof(value));
        }

        (Value, _bodyHash) = (value, bodyHash);
    }

    public string Value { get; }

    internal bool HashesItself => _bodyHash is not null;

    public static bool IsValid(string value) => value.Length is > 0 and <= 255 && value.All(c => c is > ' ' and < '\x7f');

    internal byte[] BodyHash(HandInHash handedIn) => _bodyHash?.Invoke() ?? handedIn.Finish();
}
