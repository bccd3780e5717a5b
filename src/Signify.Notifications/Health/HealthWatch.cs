using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Alerts;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Health;

/// <summary>
/// Compares each ruleset with what was last seen of it: a check that ended, a hold that came or went, a credential that comes to
/// its end. It looks at rows and at nothing else, so that it misses nothing over a restart and needs nobody to call it.
/// </summary>
public sealed class HealthWatch(IDbContextFactory<NotificationsDbContext> contexts, WriteTurn turn, AlertLog alerts, TimeProvider time)
{
    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var rulesetId in await WithNewsAsync(ct))
        {
            await NoteAsync(rulesetId, ct);
        }
    }

    private async Task<IReadOnlyList<Guid>> WithNewsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        return [.. (await db.HealthFactsAsync(only: null, ct)).Where(f => f.AnythingNew(now)).Select(f => f.RulesetId)];
    }

    private async Task NoteAsync(Guid rulesetId, CancellationToken ct)
    {
        using (await turn.TakeAsync(ct))
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await using var transaction = await db.BeginForRulesetAsync(rulesetId, ct);
            // Again, now that nobody else writes.
            if ((await db.HealthFactsAsync(rulesetId, ct)).SingleOrDefault() is not { } facts)
            {
                return;
            }

            try
            {
                await NoteAsync(db, facts, ct);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another process saw the same and was first.
                return;
            }
        }

        alerts.Tell();
    }

    private async Task NoteAsync(NotificationsDbContext db, HealthFacts facts, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var row = await db.Set<RulesetHealth>().SingleOrDefaultAsync(h => h.RulesetId == facts.RulesetId, ct);
        if (row is null)
        {
            db.Add(row = new RulesetHealth { RulesetId = facts.RulesetId, NextCheckAt = RecheckSchedule.Daily(facts.RulesetId, now, Random.Shared) });
        }

        row.Version++;
        await NoteCheckAsync(db, row, facts, now, ct);
        await NoteHoldAsync(db, row, facts, now, ct);
        await NoteCredentialAsync(db, row, facts, now, ct);
        if (facts.StandbyIsOver)
        {
            await alerts.EndAsync(db, facts.RulesetId, AlertKind.StandbyTookOver, null, ct);
        }
    }

    private async Task NoteCheckAsync(NotificationsDbContext db, RulesetHealth row, HealthFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        var other = row.RevisionId != facts.Active.Id;
        row.RevisionId = facts.Active.Id;
        if (facts.Check is not { } check || (!other && row.CheckedAt == check.StartedAt))
        {
            return;
        }

        // Whoever saves or checks by hand is mending: the waits begin anew.
        var byHand = other || row.ClaimedAt is not { } claimed || check.StartedAt < claimed;
        (row.CheckedAt, row.Passed, row.ClaimedAt) = (check.StartedAt, check.Passed, null);
        row.Step = byHand ? 0 : row.Step;
        await (check.Passed ? PassedAsync(db, row, facts, now, ct) : FailedAsync(db, row, facts, now, ct));
    }

    private async Task PassedAsync(NotificationsDbContext db, RulesetHealth row, HealthFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        (row.Failures, row.Code) = (0, null);
        if (!(now - row.LastHeldAt < RecheckSchedule.SameTrouble))
        {
            row.Step = 0;
        }

        row.NextCheckAt = RecheckSchedule.Daily(facts.RulesetId, now, Random.Shared);
        if (Broken(row, facts) is { } since)
        {
            await alerts.EndAsync(db, facts.RulesetId, AlertKind.ConfigurationFailed, null, ct);
            await alerts.AddAsync(db, HealthWords.Recovered(facts, now, since), ct);
        }
    }

    /// <summary>Since when people think it broken, by an alert that stands; null when they do not.</summary>
    private static DateTimeOffset? Broken(RulesetHealth row, HealthFacts facts) => facts.Open
        .Where(a => a.Kind == AlertKind.ConfigurationFailed || (a.Kind == AlertKind.SendingHeld && row.Hold == Delivery.Hold.Configuration))
        .Select(a => (DateTimeOffset?)a.At).Min();

    private async Task FailedAsync(NotificationsDbContext db, RulesetHealth row, HealthFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        var report = await db.Set<CheckRecord>().Where(c => c.RevisionId == facts.Active.Id).Select(c => c.Report).SingleAsync(ct);
        if (KeptCheck.Read(report)?.Findings.FirstOrDefault(f => f.Blocks) is not { } finding)
        {
            return;
        }

        (row.Failures, row.Code) = (row.Failures + 1, finding.Code);
        row.NextCheckAt = Next(row, facts.RulesetId, finding.Code, now);
        row.Step++;
        if (RecheckVerdict.IsWorthTelling(finding.Code, row.Failures) && !facts.Open.Any(a => a.Kind == AlertKind.SendingHeld && a.About == finding.Code.ToCode()))
        {
            await alerts.AddAsync(db, HealthWords.Failed(facts, finding), ct);
        }
    }

    private async Task NoteHoldAsync(NotificationsDbContext db, RulesetHealth row, HealthFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        var hold = facts.Hold;
        if (row.Hold == hold.Hold && row.HeldAt == hold.HeldAt)
        {
            return;
        }

        await EndHoldsAsync(db, row, facts, now, ct);
        (row.Hold, row.HeldAt) = (hold.Hold, hold.HeldAt);
        if (hold.ByProgram)
        {
            await alerts.AddAsync(db, HealthWords.Held(facts), ct);
        }

        if (hold is { Hold: Delivery.Hold.Configuration, Code: { } code })
        {
            row.Step = hold.HeldAt - row.LastHeldAt < RecheckSchedule.SameTrouble ? row.Step : 0;
            row.Step = Math.Max(row.Step, RecheckSchedule.FirstStep(code));
            row.NextCheckAt = Next(row, facts.RulesetId, code, now);
            row.Step++;
            row.LastHeldAt = hold.HeldAt;
        }
    }

    private async Task EndHoldsAsync(NotificationsDbContext db, RulesetHealth row, HealthFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        var about = facts.Hold.ByProgram ? HealthWords.About(facts.Hold) : null;
        foreach (var over in facts.Open.Where(a => a.Kind == AlertKind.SendingHeld && a.About != about))
        {
            await alerts.EndAsync(db, facts.RulesetId, AlertKind.SendingHeld, over.About, ct);
            var told = await db.Set<RaisedAlert>().AnyAsync(
                a => a.RulesetId == facts.RulesetId && a.Kind == AlertKind.ConfigurationRecovered && a.At >= over.At, ct);
            // A person who takes the hold over knows; one who was told of the passing check does, too.
            if (facts.Hold.Hold == Delivery.Hold.None && !told)
            {
                await alerts.AddAsync(db, HealthWords.Resumed(facts, now, row.HeldAt ?? over.At), ct);
            }
        }
    }

    private async Task NoteCredentialAsync(NotificationsDbContext db, RulesetHealth row, HealthFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        var end = facts.Active.CredentialEndsOn;
        if (row.NoticedEndsOn != end)
        {
            await EndNoticesAsync(db, facts.RulesetId, ct);
            (row.NoticedEndsOn, row.NoticedDays) = (end, null);
        }

        if (end is { } day && CredentialNotice.DaysLeft(day, now) is var left && CredentialNotice.Due(left) is { } due && !(row.NoticedDays <= due))
        {
            await EndNoticesAsync(db, facts.RulesetId, ct);
            await alerts.AddAsync(db, HealthWords.Ends(facts, due, left), ct);
            row.NoticedDays = due;
        }
    }

    private async Task EndNoticesAsync(NotificationsDbContext db, Guid rulesetId, CancellationToken ct)
    {
        await alerts.EndAsync(db, rulesetId, AlertKind.CredentialExpires, null, ct);
        await alerts.EndAsync(db, rulesetId, AlertKind.CredentialExpired, null, ct);
    }

    private static DateTimeOffset Next(RulesetHealth row, Guid rulesetId, FindingCode code, DateTimeOffset now) =>
        RecheckSchedule.Wait(row.Step, code) is { } wait ? now + wait : RecheckSchedule.Daily(rulesetId, now, Random.Shared);
}
