using Signify.Notifications.Findings;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>Whether a ruleset's sending is stopped or waits, and why.</summary>
/// <param name="HeldBy">The person or key; null when the program held it.</param>
/// <param name="HoldWords">What happened and the server's words, without secrets.</param>
/// <param name="WaitUntil">Until when nothing is tried; null when nothing is waited for.</param>
public sealed record HoldView(
    Hold Hold, DateTimeOffset? HeldAt, string? HeldBy, FindingCode? HoldCode, string? HoldWords, DateTimeOffset? WaitUntil, FindingCode? WaitCode, string? WaitWords)
{
    public static HoldView None { get; } = new(Hold.None, null, null, null, null, null, null, null);

    public bool Held => Hold != Hold.None;

    /// <summary>False while the ruleset has no settings that passed their check: messages wait for them.</summary>
    public bool HasSettings { get; init; } = true;

    /// <summary>A wait that is over is none.</summary>
    internal static HoldView Of(Mailbox? m, DateTimeOffset now) => m switch
    {
        null => None,
        { WaitUntil: { } until } when until > now => new(m.Hold, m.HeldAt, m.HeldBy, m.HoldCode, m.HoldWords, until, m.WaitCode, m.WaitWords),
        _ => new(m.Hold, m.HeldAt, m.HeldBy, m.HoldCode, m.HoldWords, null, null, null),
    };
}
