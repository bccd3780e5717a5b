using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Takes notifications and mailings in: the key, the rules, the disk, then a hint to the sender.</summary>
internal sealed partial class HandInDesk(
    IDbContextFactory<NotificationsDbContext> contexts,
    WriteTurn turns,
    MailboxIds mailboxes,
    HandInKeys keys,
    SinglesWriter singles,
    ReceivingMailings receiving,
    MessageIdSuffixes suffixes,
    HandInSignal signal,
    DeliverySignals shown,
    HandInTrace traces,
    IOptions<HandInOptions> options,
    TimeProvider time,
    ILogger<HandInDesk> logger) : INotificationQueue
{
    private readonly ContentRules _content = new(options.Value);

    public Task<HandInOutcome> HandInAsync(HandInCaller caller, NewNotification notification, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(notification);
        return traces.OfAsync(caller.RulesetId, trace => OnceAsync(caller, (mailbox, known) => SingleAsync(caller, mailbox, known, notification, trace, ct), ct));
    }

    public Task<HandInOutcome> HandInAsync(HandInCaller caller, NewMailing mailing, IAsyncEnumerable<NewRecipient> recipients, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(recipients);
        return traces.OfAsync(caller.RulesetId, trace => OnceAsync(caller, (mailbox, known) => MailingAsync(caller, mailbox, known, mailing, recipients, trace, ct), ct));
    }

    /// <summary>Lets one call with a key in at a time, and tells the call what the key answered before.</summary>
    private async Task<HandInOutcome> OnceAsync(HandInCaller caller, Func<int, HandInKey?, Task<HandInOutcome>> call, CancellationToken ct)
    {
        try
        {
            var mailbox = await NotStoredException.UnlessAsync(() => mailboxes.OfAsync(caller.RulesetId, ct).AsTask());
            if (caller.Key is not { } key)
            {
                return await call(mailbox, null);
            }

            using var underWay = keys.TryBegin(mailbox, key.Value);
            return underWay is null ? new HandInOutcome.KeyBusy() : await call(mailbox, await keys.FindAsync(mailbox, key.Value, ct));
        }
        catch (NotStoredException ex)
        {
            LogNotStored(logger, ex.InnerException!);
            return new HandInOutcome.NotStored(DatabaseFault.Find(ex));
        }
    }

    private async Task<HandInOutcome> SingleAsync(
        HandInCaller caller, int mailbox, HandInKey? known, NewNotification notification, string? trace, CancellationToken ct)
    {
        byte[]? bodyHash = null;
        if (caller.Key is { } key)
        {
            using var hash = new HandInHash();
            hash.Add(notification);
            bodyHash = key.BodyHash(hash);
        }

        if (known is not null)
        {
            return HandInKeys.Replay(known, bodyHash!);
        }

        var errors = Check(notification, out var addressed);
        if (errors.Any)
        {
            return errors.ToRefused();
        }

        var outcome = await singles.WriteAsync(new SingleHandIn(mailbox, caller.By, notification, addressed, caller.Key?.Value, bodyHash, trace, ct));
        Raise(mailbox);
        return outcome;
    }

    private async Task<HandInOutcome> MailingAsync(
        HandInCaller caller, int mailbox, HandInKey? known, NewMailing mailing, IAsyncEnumerable<NewRecipient> recipients, string? trace, CancellationToken ct)
    {
        using var hash = new HandInHash();
        var seen = caller.Key is { HashesItself: false } ? Hashed(hash, mailing, recipients, ct) : recipients;
        if (known is not null)
        {
            return await CompareAsync(known, caller.Key!, hash, seen, ct);
        }

        var errors = Check(mailing, out var template);
        if (errors.Any)
        {
            return errors.ToRefused();
        }

        var rows = new MailingRows(contexts, turns, suffixes, time, mailbox, caller.By, mailing, trace);
        var rules = new RecipientRules(options.Value, template!.RequiredFields, mailing.SkipDuplicates);
        var handIn = new MailingHandIn(rows, rules, options.Value.RejectedListed);
        var finished = false;
        receiving.Begin(rows);
        try
        {
            await handIn.ReadAsync(seen, ct);
            if (!handIn.Any)
            {
                return NobodyLeft(handIn);
            }

            var other = await StoreAsync(handIn, caller.Key, mailbox, hash, ct);
            finished = other is null;
            return other ?? handIn.Answer();
        }
        finally
        {
            receiving.End(rows, finished);
            if (finished)
            {
                Raise(mailbox);
            }
        }
    }

    /// <summary>To the sender, and to those who watch.</summary>
    private void Raise(int mailbox)
    {
        signal.Raise(mailbox);
        shown.Changed(mailbox);
    }

    /// <returns>Another process's answer to the same key; null when this one is on disk.</returns>
    private async Task<HandInOutcome?> StoreAsync(MailingHandIn handIn, IdempotencyKey? key, int mailbox, HandInHash hash, CancellationToken ct)
    {
        var bodyHash = key?.BodyHash(hash);
        var other = await handIn.FinishAsync(
            db => key is null ? Task.FromResult<HandInKey?>(null) : keys.FindAsync(db, mailbox, key.Value, ct),
            answer => key is null ? null : keys.Row(mailbox, key.Value, bodyHash!, answer.MailingId, answer),
            ct);
        return other is null ? null : HandInKeys.Replay(other, bodyHash!);
    }

    private HandInErrors Check(NewNotification notification, out AddressedTo addressed)
    {
        var errors = new HandInErrors();
        if (!AddressedTo.TryRead(notification.To, notification.Cc, options.Value.Recipients, out addressed, out var fault))
        {
            errors.Add(fault.Value.Field, fault.Value.Message);
        }

        _content.Check(errors, notification.Subject, notification.Text, notification.Html);
        _content.Check(errors, notification.Attachments);
        ContentRules.CheckTimes(errors, notification.NotBefore, notification.ExpiresAt, time.GetUtcNow());
        return errors;
    }

    private HandInErrors Check(NewMailing mailing, out MergeTemplate? template)
    {
        var errors = new HandInErrors();
        template = null;
        ContentRules.CheckName(errors, mailing.Name);
        _content.Check(errors, mailing.Subject, mailing.Text, mailing.Html);
        _content.Check(errors, mailing.Attachments);
        ContentRules.CheckTimes(errors, mailing.NotBefore, mailing.ExpiresAt, time.GetUtcNow());
        if (!errors.Any && !MergeTemplate.TryParse(mailing.Subject!, mailing.Text, mailing.Html, out template, out var faults))
        {
            foreach (var fault in faults)
            {
                errors.Add(fault.Field, fault.ToString());
            }
        }

        return errors;
    }

    /// <summary>A body that was answered already: read to its end to see whether it is the same.</summary>
    private static async Task<HandInOutcome> CompareAsync(
        HandInKey known, IdempotencyKey key, HandInHash hash, IAsyncEnumerable<NewRecipient> recipients, CancellationToken ct)
    {
        await foreach (var _ in recipients.WithCancellation(ct))
        {
        }

        return HandInKeys.Replay(known, key.BodyHash(hash));
    }

    private static async IAsyncEnumerable<NewRecipient> Hashed(
        HandInHash hash, NewMailing mailing, IAsyncEnumerable<NewRecipient> recipients, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        hash.Add(mailing);
        await foreach (var recipient in recipients.WithCancellation(ct))
        {
            hash.Add(recipient);
            yield return recipient;
        }
    }

    private static HandInOutcome.Refused NobodyLeft(MailingHandIn handIn) => new(
        new Dictionary<string, string[]> { ["recipients"] = [handIn.RejectedTotal == 0 ? "There are no recipients." : "None of the recipients can be sent to."] },
        handIn.Rejected,
        handIn.RejectedTotal);

    [LoggerMessage(Level = LogLevel.Error, Message = "A hand-in could not be stored.")]
    private static partial void LogNotStored(ILogger logger, Exception exception);
}
