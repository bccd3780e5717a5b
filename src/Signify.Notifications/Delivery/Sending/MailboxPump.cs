using System.Data.Common;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Sends what waits in one mailbox, as its one owner under one epoch. Whoever wakes it, and however often, it sends each
/// notification once; it can be thrown away at any time.
/// </summary>
public sealed class MailboxPump(SenderParts parts, int mailboxId, long epoch) : IAsyncDisposable
{
    private BatchSender? _sender;
    private MailboxGroup? _group;
    private string? _gate;
    private bool _swept;

    /// <summary>Makes the caller the mailbox's owner.</summary>
    /// <returns>Null while another process that is alive owns it, or sends from the same mailbox for another ruleset.</returns>
    public static async Task<MailboxPump?> TakeOverAsync(SenderParts parts, int mailboxId, CancellationToken ct)
    {
        return await parts.Outbox.TakeOverAsync(mailboxId, ct) is { } epoch ? new(parts, mailboxId, epoch) : null;
    }

    /// <summary>
    /// Sends until nothing is due, the mailbox has to wait, or <paramref name="ct"/> is cancelled; then the messages on their way
    /// are brought to their end first, which the settings' Timeout bounds.
    /// </summary>
    public async Task<Drained> DrainAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var state = await parts.States.ReadAsync(mailboxId, ct);
            // With other settings it may have to be another process.
            _group ??= state.Group(mailboxId);
            if (state.Epoch != epoch || state.OwnedKey != _group.Key || state.Group(mailboxId) != _group)
            {
                return Drained.NotOwner;
            }

            if (!_swept)
            {
                await SweepAsync(state.RulesetId, ct);
            }

            // Held or not, rows follow what was decided about their mailings.
            var followed = state.RowsBehind && await parts.Sweep.RunPortionAsync(mailboxId, ct);
            if (state.MayGoOn)
            {
                await parts.States.LiftAsync(mailboxId, epoch, ct);
                continue;
            }

            if (parts.States.NeedsCorrection(mailboxId, state))
            {
                await parts.States.CorrectAsync(mailboxId, epoch, state, ct);
                continue;
            }

            if (!await SendAsync(state, ct) && !followed)
            {
                return Drained.Idle;
            }
        }

        return Drained.Idle;
    }

    /// <returns>Whether it is worth coming back at once.</returns>
    private async Task<bool> SendAsync(MailboxState state, CancellationToken ct)
    {
        if (state.Hold != Hold.None || state.ActiveRevision is not { } revisionId || state.MustWait(parts.Time.GetUtcNow()))
        {
            await HangUpAsync();
            return false;
        }

        if (state.BecameDue)
        {
            await parts.Outbox.PromoteAsync(mailboxId, ct);
        }

        return await SenderAsync(state, revisionId, ct) is { } sender && await sender.RunAsync(state, ct);
    }

    /// <summary>Closes the connections: there is no work, or the mailbox is given up.</summary>
    public async Task HangUpAsync()
    {
        if (_sender is { } sender)
        {
            _sender = null;
            try
            {
                await sender.DisposeAsync();
            }
            finally
            {
                sender.Pace.Leave(mailboxId, sender.CloseIdleAsync);
                parts.Gates.Release(_gate);
            }
        }
    }

    /// <summary>Hangs up, and lets another process take over at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        try
        {
            await parts.Outbox.ReleaseAsync(mailboxId, epoch, CancellationToken.None);
        }
        catch (DbException)
        {
            // Then it is free when this process is not seen any more, and this process takes it again at any time.
        }
    }

    private async Task SweepAsync(Guid rulesetId, CancellationToken ct)
    {
        var doubtful = await parts.Outbox.SweepAsync(mailboxId, epoch, ct);
        if (doubtful > 0)
        {
            parts.LogDoubtful(mailboxId, doubtful);
            new SendingMeasures(parts.Instruments, rulesetId, route: null).Swept(doubtful);
        }

        _swept = true;
    }

    /// <summary>The sender for the settings in charge; a new one when they changed. The pace goes on counting.</summary>
    private async Task<BatchSender?> SenderAsync(MailboxState state, Guid revisionId, CancellationToken ct)
    {
        if (_sender is { } present && present.RevisionId == revisionId)
        {
            return present;
        }

        await HangUpAsync();
        if (state.MailboxKey is { } key && await parts.States.SharedAsync(key, ct) is { Waiting: { } waiting })
        {
            await parts.States.WaitLikeAsync(waiting, mailboxId, epoch, ct);
            return null;
        }

        var revision = await parts.States.ActiveRevisionAsync(revisionId, ct);
        var settings = parts.Settings.Open(revision);
        var lost = parts.Settings.UnreadableSecrets(revision) is [var field, ..] ? KeyRingFindings.Lost(field) : null;
        if ((lost ?? parts.Road.Unusable(settings)) is { } reason)
        {
            await parts.States.HoldAsync(mailboxId, epoch, Hold.Configuration, reason, null, ct);
            return null;
        }

        var route = revision.ActiveRoute ?? Route.Smtp;
        var limits = parts.Profiles.For(settings.SignIn, route);
        var mails = new MailingMails(parts.Contexts, parts.Mailings, parts.Road.From(settings), settings.FromName);
        var measures = new SendingMeasures(parts.Instruments, state.RulesetId, route);
        var setup = new SenderSetup(mailboxId, epoch, revisionId, settings, route, mails, measures);
        var gate = await parts.Gates.UseAsync(state.MailboxKey, () => GateAsync(limits, state));
        // From here on a hang-up releases the gate: a leaked one would not know what another process sends meanwhile.
        (_gate, _sender) = (state.MailboxKey, new BatchSender(parts, setup, gate));
        var uncounted = gate.Limits.Unlimited && !limits.Unlimited;
        gate.Join(mailboxId, limits, uncounted ? await SentAsync(state, ct) : [], _sender.CloseIdleAsync);
        return _sender;
    }

    // Shared with other rulesets: a cancellation of the first caller is not theirs.
    private async Task<PaceGate> GateAsync(PaceLimits limits, MailboxState state)
    {
        var (share, sharedAt) = (state.PaceShare, state.PaceSharedAt);
        if (state.MailboxKey is { } key)
        {
            (share, sharedAt, _) = await parts.States.SharedAsync(key, CancellationToken.None);
        }

        var sent = limits.Unlimited ? [] : await SentAsync(state, CancellationToken.None);
        return new PaceGate(limits, new Pace(limits, sent, share, sharedAt), parts.Time);
    }

    // A clock that was set back since would make them look newer than now.
    private async Task<IEnumerable<(DateTimeOffset At, int Recipients)>> SentAsync(MailboxState state, CancellationToken ct)
    {
        var now = parts.Time.GetUtcNow();
        var sent = await parts.States.SentAsync(mailboxId, state.MailboxKey, ct);
        return sent.Select(s => (s.At < now ? s.At : now, s.Recipients));
    }
}
