namespace Signify.Notifications.Delivery.Reading;

/// <summary>The mailings of a ruleset and their progress.</summary>
public sealed class MailingReader
{
    /// <summary>Newest first; single notifications are not among them.</summary>
    public Task<Listed<MailingRow>> ListAsync(Guid rulesetId, PageOf page, CancellationToken ct) => throw new NotImplementedException();

    /// <returns>Null when the ruleset has none of that number, or it is being deleted.</returns>
    public Task<MailingDetails?> FindAsync(Guid rulesetId, long id, CancellationToken ct) => throw new NotImplementedException();
}
