namespace Signify.Notifications.Persistence;

/// <summary>What has to be put right in a database that has this version's shape, before anything uses it.</summary>
internal interface IDatabaseStep
{
    Task RunAsync(NotificationsDbContext db, CancellationToken ct);
}
