namespace Signify.Notifications.Cluster.Tests.Hosting;

/// <summary>Where one of the cables of a <see cref="CutNetwork"/> leads.</summary>
public enum Cable
{
    Database = 1,
    Peers = 2,
    Mail = 3,
}
