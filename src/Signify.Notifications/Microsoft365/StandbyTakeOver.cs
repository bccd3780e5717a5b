using Microsoft.Extensions.Logging;
using Signify.Notifications.Alerts;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Microsoft365;

/// <summary>
/// Puts the standby secret in the place of a client secret that Entra refuses, once it has proved itself with a token of its own.
/// Only for the revision in charge: its secret worked before, so that a refusal means that it ended or was removed.
/// </summary>
public sealed partial class StandbyTakeOver(
    SettingsStore store, IAccessTokens tokens, AlertLog alerts, TimeProvider time, ILogger<StandbyTakeOver> logger)
{
    public const string Program = "Signify Notifications";

    /// <param name="settings">Those of the revision, open.</param>
    /// <param name="refusal">What Entra refused the client secret with.</param>
    public async Task<StandbyOutcome> TryAsync(
        Guid revisionId, NotificationSettings settings, TokenResource resource, FindingCode refusal, CancellationToken ct)
    {
        if (refusal is not (FindingCode.SecretExpired or FindingCode.SecretWrong) || settings.StandbySecret is null)
        {
            return new StandbyOutcome.NotCalledFor();
        }

        if (await FaultOfStandbyAsync(settings, resource, ct) is { } fault)
        {
            return fault;
        }

        // What was proved is written down even while the program is being stopped.
        if (await store.PromoteStandbyAsync(revisionId, Program, CancellationToken.None) is { } promoted)
        {
            LogTookOver(promoted.Number, refusal);
            await alerts.RaiseAsync(AlertOf(promoted, refusal), CancellationToken.None);
        }

        return new StandbyOutcome.TookOver();
    }

    /// <summary>The revision that takes the place of the one given, because Entra refuses its client secret and its standby works; else null.</summary>
    public async Task<SettingsRevision?> SuccessorAsync(SettingsRevision revision, FindingCode refusal, CancellationToken ct)
    {
        if (revision.State != RevisionState.Active)
        {
            return null;
        }

        var resource = revision.ActiveRoute == Route.Graph ? TokenResource.Graph : TokenResource.Exchange;
        return await TryAsync(revision.Id, store.Open(revision), resource, refusal, ct) is StandbyOutcome.TookOver
            ? (await store.ReadAsync(revision.RulesetId, ct)).Active
            : null;
    }

    /// <summary>What the token service has against the standby secret itself; null when it is as good as the first.</summary>
    public async Task<Finding?> RefusalOfStandbyAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct) =>
        settings.StandbySecret is not null && await FaultOfStandbyAsync(settings, resource, ct) is { Reason.Code: FindingCode.SecretExpired or FindingCode.SecretWrong } fault
            ? fault.Reason
            : null;

    private async Task<StandbyOutcome.Failed?> FaultOfStandbyAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, time);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await tokens.AcquireFreshAsync(settings.OnStandby(), resource, bound.Token);
            return null;
        }
        catch (TransportUnavailableException ex)
        {
            return new StandbyOutcome.Failed(ex.Findings[0], ex.Evidence, ex.RetryAfter);
        }
        catch (Exception ex) when (ex is OperationCanceledException or TimeoutException or IOException && !ct.IsCancellationRequested)
        {
            return new StandbyOutcome.Failed(Causes.EntraLateSending.Told(), null);
        }
    }

    private static Alert AlertOf(SettingsRevision promoted, FindingCode refusal) => new(
        promoted.RulesetId, AlertKind.StandbyTookOver, $"fingerprint {promoted.ClientSecret?.Fingerprint}",
        AlertPhrases.StandbySubject(), AlertPhrases.StandbyText(refusal == FindingCode.SecretExpired, promoted.TookOverFrom!.Value, promoted.Number));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The client secret was refused ({Refusal}); the standby secret took its place in revision {Revision}.")]
    private partial void LogTookOver(int revision, FindingCode refusal);
}
