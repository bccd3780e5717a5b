using Signify.Notifications.Checks.Ranking;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks;

/// <summary>The staged validation of a revision, for real: a fresh token, a real sign-in, and nothing is sent.</summary>
public sealed class SettingsCheck(
    SettingsStore store, FieldRules rules, Clouds clouds, IAccessTokens tokens, TenantProbe tenants, SmtpRoad road, CheckStore checks, StandbyTakeOver standby, TimeProvider time)
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <exception cref="OperationCanceledException">The check was stopped.</exception>
    public async Task<CheckReport> RunAsync(CheckProgress progress, CancellationToken ct)
    {
        var report = await CheckAsync(progress, ct);
        if (report.Findings.FirstOrDefault(f => f.Blocks && f.Field == SettingsField.ClientSecret) is { } refused
            && await standby.SuccessorAsync(progress.Revision, refused.Code, ct) is { } successor)
        {
            progress.Follow(successor);
            report = await CheckAsync(progress, ct);
        }

        return report;
    }

    private async Task<CheckReport> CheckAsync(CheckProgress progress, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var settings = store.Open(progress.Revision);
        // The longest chain has five steps; twice the Timeout bounds a server that is slow at each of them.
        using var limit = new CancellationTokenSource(settings.Timeout * 2, time);
        using var overall = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        var words = new ServerWords(settings.Secrets());
        var board = new CheckBoard(progress, time, words, overall.Token, ct);

        var (route, reason) = await FieldsPassAsync(board, progress.Revision, overall.Token)
            ? await WalkAsync(board, settings, progress.Revision)
            : (null, CheckWords.FieldsFirst());
        return progress.Report with
        {
            Passed = route is not null,
            Route = route,
            RouteReason = reason,
            Duration = time.GetElapsedTime(started),
        };
    }

    private async Task<(Route? Route, string Reason)> WalkAsync(CheckBoard board, NotificationSettings settings, SettingsRevision revision)
    {
        var dialogue = road.Open(settings);
        try
        {
            return await WalkAsync(board, dialogue, settings, revision);
        }
        finally
        {
            board.Keep(dialogue.Transcript);
            // The verdict does not wait for the farewell.
            _ = LeaveAsync(dialogue);
        }
    }

    private async Task<(Route? Route, string Reason)> WalkAsync(CheckBoard board, SmtpDialogue dialogue, NotificationSettings settings, SettingsRevision revision)
    {
        var lane = new SmtpLane(board, dialogue, road.Endpoint(settings), settings.Timeout);
        if (settings.SignIn != SignIn.Token)
        {
            return await WalkToRelayAsync(board, lane, settings);
        }

        var cloud = clouds.Find(settings.Cloud)!;
        var entra = new EntraLane(board, tokens, tenants, standby, cloud, settings);
        return await new TokenCheck(board, entra, lane, road, settings, cloud, revision.GraphProvedAt is not null)
        {
            // Read only when something failed, and before this check's own report takes its place.
            Earlier = ct => EarlierAsync(revision.RulesetId, ct),
        }.RunAsync();
    }

    private async Task<(Route? Route, string Reason)> WalkToRelayAsync(CheckBoard board, SmtpLane lane, NotificationSettings settings)
    {
        foreach (var step in new[] { StepName.Tenant, StepName.TokenForExchange, StepName.TokenForGraph, StepName.Permissions })
        {
            board.Skip(step, CheckWords.WithoutTokens());
        }

        var credentials = road.Credentials(settings, token: null);
        var passed = await lane.ApproachAsync(mechanism: null, signsIn: credentials is not null)
            && (credentials is null || await lane.SignInAsync(credentials, CheckWords.SignedIn()))
            && await lane.SenderAsync(road.From(settings));
        lane.SkipWaiting(CheckWords.NotReached());
        return passed ? (Route.Smtp, CheckWords.RelayWorks()) : (null, CheckWords.RelayRefuses());
    }

    private async Task<EarlierFailure?> EarlierAsync(Guid rulesetId, CancellationToken ct) => await checks.LastFailureAsync(rulesetId, ct) is { } report
        ? new EarlierFailure(time.GetUtcNow() - report.StartedAt, report.Findings.Where(f => f.Blocks).Select(f => f.Code).ToHashSet())
        : null;

    private static async Task LeaveAsync(SmtpDialogue dialogue)
    {
        await using (dialogue)
        {
            using var limit = new CancellationTokenSource(FarewellLimit);
            await dialogue.QuitAsync(limit.Token);
        }
    }

    private async Task<bool> FieldsPassAsync(CheckBoard board, SettingsRevision revision, CancellationToken ct)
    {
        var findings = rules.Judge(revision);
        if (await store.IsMailboxSharedAsync(revision, ct))
        {
            findings = [.. findings, Causes.MailboxShared.Told()];
        }

        var blocked = findings.Any(f => f.Blocks);
        board.Show(new CheckStep(StepName.Fields, blocked ? StepState.Failed : findings.Count > 0 ? StepState.Warning : StepState.Passed)
        {
            Summary = findings.Count > 0 ? findings[0].Message : CheckWords.FieldsFilled(),
            Findings = findings,
        });
        if (blocked)
        {
            foreach (var step in Enum.GetValues<StepName>().Where(s => s != StepName.Fields))
            {
                board.Skip(step, CheckWords.NotReached());
            }
        }

        return !blocked;
    }
}
