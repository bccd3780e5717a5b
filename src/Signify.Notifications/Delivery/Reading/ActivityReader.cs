namespace Signify.Notifications.Delivery.Reading;

/// <summary>Finds notifications among millions: any page costs the same.</summary>
public sealed class ActivityReader
{
    /// <summary>Newest first; those whose recipient begins with something, by address and then newest first.</summary>
    /// <exception cref="FormatException"><paramref name="page"/> names a place that this search never gave.</exception>
    public Task<Listed<ActivityRow>> SearchAsync(Guid rulesetId, ActivitySearch search, PageOf page, CancellationToken ct) => throw new NotImplementedException();
}
