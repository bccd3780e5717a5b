using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.RepairKit;

/// <summary>What the program knows of an installation, for the scripts of the kit. Null where it knows nothing: the reader fills it in.</summary>
public sealed record RepairFacts
{
    public required Cloud Cloud { get; init; }

    public string? ClientId { get; init; }

    public string? TenantId { get; init; }

    /// <summary>The From mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The token's <c>oid</c>: the enterprise application's Object ID, which <c>New-ServicePrincipal</c> asks for. The app registration's is another one.</summary>
    public string? ObjectId { get; init; }

    /// <param name="objectId">The token's <c>oid</c>; null when no token has been seen.</param>
    public static RepairFacts Of(NotificationSettings settings, Cloud cloud, string? objectId) => new()
    {
        Cloud = cloud,
        ClientId = settings.ClientId,
        TenantId = settings.TenantId,
        Mailbox = settings.FromEmail,
        ObjectId = objectId,
    };
}
