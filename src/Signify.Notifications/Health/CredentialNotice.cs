namespace Signify.Notifications.Health;

/// <summary>Which notice of a credential's end is due.</summary>
public static class CredentialNotice
{
    /// <summary>Days before the end, the last one on the day itself.</summary>
    public static IReadOnlyList<int> Thresholds { get; } = [60, 30, 14, 7, 1, 0];

    /// <summary>The most recent one that is due, however many were missed; null while none is.</summary>
    public static int? Due(int daysLeft) => daysLeft > Thresholds[0] ? null : Thresholds.Last(t => daysLeft <= t || t == Thresholds[0]);

    public static int DaysLeft(DateOnly endsOn, DateTimeOffset now) => endsOn.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
}
