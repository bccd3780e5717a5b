using System.Globalization;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Exchange;

/// <content>MAIL, RCPT, DATA and BDAT.</content>
internal sealed partial class SmtpSession
{
    private static readonly HashSet<string> MailParameters = new(StringComparer.OrdinalIgnoreCase) { "SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH" };
    private static readonly HashSet<string> RecipientParameters = new(StringComparer.OrdinalIgnoreCase) { "NOTIFY", "ORCPT" };

    private SmtpTransaction? _transaction;

    private async Task MailAsync(string argument)
    {
        if (_signedIn is not { } sender)
        {
            await Refuse(_greeted ? _replies.NotAuthenticated : SmtpReplies.HelloFirst);
            return;
        }

        var path = SmtpPath.Parse(argument, "FROM:");
        if (_transaction is not null || path is null)
        {
            await Refuse(path is null ? SmtpReplies.InvalidArguments : SmtpReplies.BadSequence);
            return;
        }

        if (await StrikesAsync(SmtpStage.MailFrom))
        {
            return;
        }

        if (SenderRefusal(sender, path) is { } refusal)
        {
            await Refuse(refusal);
            return;
        }

        _transaction = new SmtpTransaction(path.Address, sender.Mailbox.MaxSendBytes);
        channel.Write(SmtpReplies.SenderOk);
    }

    private string? SenderRefusal(SignedInMailbox sender, SmtpPath path)
    {
        if (!path.Parameters.Keys.All(MailParameters.Contains))
        {
            return SmtpReplies.InvalidArguments;
        }

        if (path.Parameters.TryGetValue("SIZE", out var size)
            && (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) || bytes > SmtpCapabilities.MaxBytes))
        {
            return SmtpReplies.OverTransportSize;
        }

        if (path.Address.Length > 0 && !IsAddress(path, path.Parameters.ContainsKey("SMTPUTF8")))
        {
            return SmtpReplies.InvalidSender;
        }

        return sender.Mailbox.State switch
        {
            _ when !sender.MaySendAs(path.Address) => _replies.NotThisSender,
            MailboxState.Unlicensed => _replies.BarredForLicence,
            MailboxState.Blocked => _replies.BlockedSender,
            _ => null,
        };
    }

    private static bool IsAddress(SmtpPath path, bool international) => path.IsMailbox && (international || path.Address.All(char.IsAscii));

    private async Task RecipientAsync(string argument)
    {
        if (_transaction is not { } transaction)
        {
            await Refuse(SmtpReplies.NeedMail);
            return;
        }

        if (await StrikesAsync(SmtpStage.RcptTo))
        {
            return;
        }

        var path = SmtpPath.Parse(argument, "TO:");
        if (path is null || !path.Parameters.Keys.All(RecipientParameters.Contains))
        {
            await Refuse(SmtpReplies.InvalidArguments);
        }
        else if (!IsAddress(path, international: true))
        {
            await Refuse(SmtpReplies.InvalidRecipient);
        }
        else if (transaction.Recipients.Count >= SmtpTransaction.MostRecipients)
        {
            channel.Write(SmtpReplies.TooManyRecipients);
        }
        else
        {
            transaction.Recipients.Add(path.Address);
            channel.Write(SmtpReplies.RecipientOk);
        }
    }

    private async Task DataAsync()
    {
        if (_transaction is not { Recipients.Count: > 0, InChunks: false } transaction)
        {
            await Refuse(_transaction is null ? SmtpReplies.NeedMail
                : _transaction.InChunks ? SmtpReplies.BadSequence : SmtpReplies.NeedRecipient);
            return;
        }

        if (await StrikesAsync(SmtpStage.Data))
        {
            return;
        }

        channel.Write(SmtpReplies.StartInput);
        if (!await channel.ReadBodyAsync(new DotUnstuffer(transaction.Message)))
        {
            _open = false;
            return;
        }

        await EndAsync(transaction);
    }

    private async Task ChunkAsync(string argument)
    {
        var parts = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var last = parts is [_, var word] && string.Equals(word, "LAST", StringComparison.OrdinalIgnoreCase);
        if (parts.Length is 0 or > 2 || (parts.Length == 2 && !last)
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var octets) || octets > SmtpCapabilities.MaxBytes)
        {
            // Without a length there is no telling where the next command begins.
            await Refuse(SmtpReplies.InvalidArguments);
            _open = false;
            return;
        }

        // The bytes are on their way whatever the answer: they are read even when there is no one to send them to.
        var target = _transaction is { Recipients.Count: > 0 } ? _transaction : null;
        if (octets > 0 && !await channel.ReadBodyAsync(new ChunkReader(target?.Message ?? new MessageBuffer(0), octets)))
        {
            _open = false;
            return;
        }

        await AnswerChunkAsync(target, octets, last);
    }

    private async Task AnswerChunkAsync(SmtpTransaction? target, long octets, bool last)
    {
        if (target is null)
        {
            await Refuse(_transaction is null ? SmtpReplies.NeedMail : SmtpReplies.NeedRecipient);
            return;
        }

        target.InChunks = true;
        if (last)
        {
            await EndAsync(target);
            return;
        }

        channel.Write(SmtpReplies.ChunkReceived(octets));
    }

    private async Task EndAsync(SmtpTransaction transaction)
    {
        _transaction = null;
        var fault = FaultAt(SmtpStage.EndOfData);
        var reply = fault is { KeepMessage: true } ? await SubmitAsync(transaction) : null;
        if (fault is null || !await StrikeAsync(fault))
        {
            channel.Write(reply ?? await SubmitAsync(transaction));
        }
    }

    private Task<string> SubmitAsync(SmtpTransaction transaction) =>
        server.Store.SubmitAsync(_signedIn!, transaction, _replies, channel.Closed);
}
