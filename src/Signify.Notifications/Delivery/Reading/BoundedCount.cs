namespace Signify.Notifications.Delivery.Reading;

/// <summary>A number that is not counted beyond a limit: "120", or "10,000+".</summary>
public readonly record struct BoundedCount(long Value, bool OrMore)
{
    /// <summary>Counting further costs more than anyone gains by it.</summary>
    public const int Limit = 10_000;

    internal static BoundedCount Of(int countedToOnePastLimit) => new(Math.Min(countedToOnePastLimit, Limit), countedToOnePastLimit > Limit);
}
