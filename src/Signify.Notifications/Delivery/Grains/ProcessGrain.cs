using Orleans.Placement;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Grains;

[PreferLocalPlacement]
internal sealed class ProcessGrain(DatabaseReach reach, ILocalSiloDetails silo) : Grain, IProcessGrain
{
    public Task<string?> ReachesDatabaseAsync() => Task.FromResult(reach.Answers ? silo.SiloAddress.ToParsableString() : null);
}
