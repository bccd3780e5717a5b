using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Reading;

/// <summary>The pace that the active revision's provider allows.</summary>
public sealed class AllowedPace(SettingsStore settings, PaceProfiles profiles)
{
    /// <summary>Before there is an active revision: Exchange Online's, as most installations come to that.</summary>
    public async Task<PaceLimits> ReadAsync(Guid rulesetId, CancellationToken ct) => (await ReadActiveAsync(rulesetId, ct)).Limits;

    /// <summary>And the mailbox at Microsoft that they are the limits of, and whether there is an active revision.</summary>
    internal async Task<(PaceLimits Limits, string? MailboxKey, bool HasSettings)> ReadActiveAsync(Guid rulesetId, CancellationToken ct) =>
        (await settings.ReadAsync(rulesetId, ct)).Active is { } active
            ? (profiles.For(active.SignIn, active.ActiveRoute ?? Route.Smtp), active.MailboxKey, true)
            : (profiles.For(SignIn.Token, Route.Smtp), null, false);
}
