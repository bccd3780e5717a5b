using Signify.Notifications.Findings;

namespace Signify.Notifications.Health;

/// <summary>
/// When the active revision is checked again. Daily while it passes, spread over the day by ruleset; after a failure or a hold with
/// growing waits, never in a tight loop: Exchange bars mailboxes that repeat an error (550 5.2.251 to 5.2.255).
/// </summary>
public static class RecheckSchedule
{
    /// <summary>How long a process that took a check up may be gone before another one does. Longer than the longest check, twice 600 seconds.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    /// <summary>A hold that comes back within this time goes on with the waits of the last one. Longer than the longest way to a <see cref="Daily"/> check.</summary>
    public static readonly TimeSpan SameTrouble = TimeSpan.FromHours(38);

    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    // The provider's advice for a bar: one probe after an hour, then twice as long each time, up to a day.
    private static readonly TimeSpan[] BarredWaits =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(16), TimeSpan.FromHours(24)];

    /// <summary>The ruleset's own minute of the day, at least half a day and at most one and a half from now, and up to twenty minutes late.</summary>
    public static DateTimeOffset Daily(Guid rulesetId, DateTimeOffset from, Random random)
    {
        var slot = TimeSpan.FromMinutes(BitConverter.ToUInt32(rulesetId.ToByteArray().AsSpan(12)) % (24 * 60));
        var earliest = from.AddHours(12);
        var next = new DateTimeOffset(earliest.UtcDateTime.Date, TimeSpan.Zero) + slot;
        return (next < earliest ? next.AddDays(1) : next) + (TimeSpan.FromMinutes(20) * random.NextDouble());
    }

    /// <param name="step">How many waits were used up since things were well.</param>
    /// <returns>Null when the waits are used up: from then on daily.</returns>
    public static TimeSpan? Wait(int step, FindingCode code) => code == FindingCode.MailboxBarred
        ? BarredWaits[Math.Min(step, BarredWaits.Length - 1)]
        : step < Waits.Length ? Waits[step] : null;

    /// <summary>Where the waits begin after a hold. What only a message shows, the check cannot see: it would pass, and the same message be refused again at once.</summary>
    public static int FirstStep(FindingCode code) => code is FindingCode.SendAsDenied or FindingCode.FromNotOwned or FindingCode.SenderRefused
        or FindingCode.MailboxFull or FindingCode.MailboxBarred ? 1 : 0;
}
