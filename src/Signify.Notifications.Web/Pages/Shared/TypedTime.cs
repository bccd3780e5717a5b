using System.Globalization;

namespace Signify.Notifications.Web.Pages;

/// <summary>A time as a person types it, in their own zone, and the instant it means.</summary>
public static class TypedTime
{
    private const string Field = "yyyy-MM-dd'T'HH:mm";

    private static readonly string[] Forms = [Field, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    /// <summary>The zone by its IANA name; UTC when it is missing or nobody knows it.</summary>
    public static TimeZoneInfo Zone(string? name) =>
        !string.IsNullOrEmpty(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>When a day begins in a zone; a midnight that the clocks jump over begins an hour later.</summary>
    public static DateTimeOffset StartOf(DateOnly day, string? zone)
    {
        var (found, midnight) = (Zone(zone), day.ToDateTime(TimeOnly.MinValue));
        // Another zone's first and last days reach beyond what a time can hold.
        return IsInRange(midnight)
            ? new DateTimeOffset(midnight, found.GetUtcOffset(found.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight))
            : new DateTimeOffset(midnight, TimeSpan.Zero);
    }

    public static string Format(DateTimeOffset? at, string? zone) =>
        at is null ? "" : TimeZoneInfo.ConvertTime(at.Value, Zone(zone)).ToString(Field, CultureInfo.InvariantCulture);

    /// <returns>The instant, or the sentence that says why there is none; neither for an empty field.</returns>
    public static (DateTimeOffset? At, string? Error) Parse(string? typed, string? zone)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return (null, null);
        }

        if (!DateTime.TryParseExact(typed.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return (null, "Write the time like 2026-11-24T08:30.");
        }

        if (!IsInRange(local))
        {
            return (null, "Choose a time between the years 1 and 9998.");
        }

        var found = Zone(zone);
        if (found.IsInvalidTime(local))
        {
            return (null, $"This time does not exist in {found.Id}: the clocks are put forward over it. Choose one an hour later.");
        }

        // Of an hour that comes twice when clocks are put back, the first.
        var offset = found.IsAmbiguousTime(local) ? found.GetAmbiguousTimeOffsets(local).Max() : found.GetUtcOffset(local);
        return (new DateTimeOffset(local, offset), null);
    }

    /// <summary>Whether a local time is an instant in every zone: offsets are at most 14 hours.</summary>
    private static bool IsInRange(DateTime local) => local.Year < 9999 && local >= DateTime.MinValue.AddDays(1);
}
