using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Signify.Notifications.Sandbox.Doors;
using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Exchange;

/// <summary>One conversation: greeting, TLS, and the commands that concern no message.</summary>
internal sealed partial class SmtpSession(SmtpChannel channel, ExchangeServer server, SmtpDoor door, X509Certificate2 certificate, string clientAddress) : IDisposable
{
    private const int MostErrors = 20;

    private readonly SmtpReplies _replies = new(server.Time);
    private IDisposable? _connectionSlot;
    private bool _open = true;
    private bool _greeted;
    private int _errors;

    public async Task RunAsync()
    {
        try
        {
            await ConverseAsync();
            await channel.FlushAsync();
        }
        catch (TimeoutException)
        {
            await channel.SayLastAsync(SmtpReplies.TimedOut);
        }
        catch (OperationCanceledException) when (server.Stopping.IsCancellationRequested)
        {
            await channel.SayLastAsync(SmtpReplies.NotAvailable);
        }
    }

    public void Dispose() => _connectionSlot?.Dispose();

    private async Task ConverseAsync()
    {
        if (!await StrikesAsync(SmtpStage.Connect))
        {
            channel.Write(_replies.Greeting);
        }

        while (_open)
        {
            var line = await channel.ReadLineAsync();
            switch (line.State)
            {
                case LineState.Closed:
                    return;
                case LineState.TooLong:
                    channel.Write(SmtpReplies.LineTooLong);
                    return;
                case LineState.BareLineFeed:
                    await Refuse(SmtpReplies.BareLineFeedInCommand);
                    break;
                default:
                    await ObeyAsync(line);
                    break;
            }
        }
    }

    private Task ObeyAsync(SmtpLine line) => line.Verb switch
    {
        "EHLO" or "HELO" => HelloAsync(line),
        "STARTTLS" => StartTlsAsync(),
        "AUTH" => AuthAsync(line.Argument),
        "MAIL" => MailAsync(line.Argument),
        "RCPT" => RecipientAsync(line.Argument),
        "DATA" => DataAsync(),
        "BDAT" => ChunkAsync(line.Argument),
        "RSET" => Reset(),
        "NOOP" => Say(SmtpReplies.Ok),
        "VRFY" => Say(SmtpReplies.CannotVerify),
        "HELP" => Say(SmtpReplies.Help),
        "QUIT" => Quit(),
        _ => Refuse(SmtpReplies.Unrecognised),
    };

    private async Task HelloAsync(SmtpLine line)
    {
        if (!HelloName().IsMatch(line.Argument))
        {
            await Refuse(SmtpReplies.InvalidDomain);
            return;
        }

        _greeted = true;
        _transaction = null;
        if (!await StrikesAsync(SmtpStage.Ehlo))
        {
            channel.Write(line.Verb == "HELO"
                ? $"250 {SmtpReplies.Host} Hello [{clientAddress}]"
                : SmtpCapabilities.Answer(clientAddress, channel.IsEncrypted, door));
        }
    }

    private async Task StartTlsAsync()
    {
        if (!door.OffersStartTls)
        {
            await Refuse(SmtpReplies.Unrecognised);
            return;
        }

        if (!_greeted || channel.IsEncrypted)
        {
            await Refuse(_greeted ? SmtpReplies.BadSequence : SmtpReplies.HelloFirst);
            return;
        }

        if (await StrikesAsync(SmtpStage.StartTls))
        {
            return;
        }

        if (door.RefusesTls)
        {
            await channel.RefuseTlsAsync(SmtpReplies.StartTls);
            _open = false;
            return;
        }

        await channel.StartTlsAsync(SmtpReplies.StartTls, certificate);
        _greeted = false;
        _transaction = null;
    }

    private Task Reset()
    {
        _transaction = null;
        return Say(SmtpReplies.Resetting);
    }

    private Task Quit()
    {
        _open = false;
        _connectionSlot?.Dispose(); // Before the reply: who has read it may sign in again at once.
        return Say(SmtpReplies.Closing);
    }

    private Task Say(string reply)
    {
        channel.Write(reply);
        return Task.CompletedTask;
    }

    private Task Refuse(string reply)
    {
        channel.Write(reply);
        if (++_errors >= MostErrors)
        {
            channel.Write(SmtpReplies.TooManyErrors);
            _open = false;
        }

        return Task.CompletedTask;
    }

    /// <summary>True: a fault has answered, or ended the connection.</summary>
    private async Task<bool> StrikesAsync(SmtpStage stage) => FaultAt(stage) is { } fault && await StrikeAsync(fault);

    private SmtpFault? FaultAt(SmtpStage stage) => server.Faults.TakeSmtp(stage) ?? door.Faults.GetValueOrDefault(stage) ?? _signedIn?.Mailbox.FaultAt(stage);

    private async Task<bool> StrikeAsync(SmtpFault fault)
    {
        await channel.FlushAsync();
        if (fault.Stall || fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Stall ? Timeout.InfiniteTimeSpan : fault.Delay, server.Time, channel.Closed);
        }

        if (fault.Drop)
        {
            channel.Abort();
            _open = false;
            return true;
        }

        if (fault.Reply is null)
        {
            return false;
        }

        channel.Write(fault.Reply);
        _open &= !fault.Reply.StartsWith("421", StringComparison.Ordinal);
        return true;
    }

    // A name that ends in a dot, or holds a blank, is refused by Exchange too.
    [GeneratedRegex(@"^(\[[0-9A-Za-z:.]+\]|[0-9A-Za-z_\-]+(\.[0-9A-Za-z_\-]+)*)$")]
    private static partial Regex HelloName();
}
