namespace Signify.Notifications.Delivery.Reading;

/// <summary>What the Overview page shows.</summary>
public sealed class OverviewReader
{
    public Task<Overview> ReadAsync(Guid rulesetId, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>25 hours: the last 24 whole ones, oldest first, and the one that runs. Those without an outcome stand in it with 0.</summary>
    public Task<IReadOnlyList<ChartHour>> ChartAsync(Guid rulesetId, CancellationToken ct) => throw new NotImplementedException();

    public Task<HoldView> HoldAsync(Guid rulesetId, CancellationToken ct) => throw new NotImplementedException();
}
