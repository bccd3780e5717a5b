namespace Signify.Notifications.Microsoft365;

/// <param name="TenantId">The tenant's GUID, from the issuer; also when it was asked for by a domain.</param>
/// <param name="Words">What the service said when it did not simply answer.</param>
public sealed record TenantAnswer(TenantKnowledge Knowledge, string? TenantId, string? Words);

public enum TenantKnowledge
{
    Known,
    Unknown,
    OtherCloud,

    /// <summary>The service answered something else: nothing is proved.</summary>
    NoAnswer,
}
