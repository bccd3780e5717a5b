namespace Signify.Notifications.Delivery.Reading;

/// <summary>Which part of a list: what follows <paramref name="After"/>, or stands in front of <paramref name="Before"/>, or neither: the beginning.</summary>
/// <param name="Most">Items on the page, 1 to 200; what lies outside is brought inside.</param>
public sealed record PageOf(string? After = null, string? Before = null, int Most = 50)
{
    /// <summary>Whether some list may have given it.</summary>
    public static bool IsPlace(string place) => Paging.TryId(place) is not null;

    internal int Size => Math.Clamp(Most, 1, 200);
}
