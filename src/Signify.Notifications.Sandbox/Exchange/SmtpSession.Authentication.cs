using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Exchange;

/// <content>AUTH, in one line and in two.</content>
internal sealed partial class SmtpSession
{
    private SignedInMailbox? _signedIn;

    private async Task AuthAsync(string argument)
    {
        var parts = argument.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        var initial = parts.Length == 2 ? parts[1] : null;
        if (!_greeted)
        {
            await Refuse(SmtpReplies.HelloFirst);
        }
        else if (_signedIn is not null)
        {
            await Refuse(SmtpReplies.BadSequence);
        }
        else if (!channel.IsEncrypted || parts.Length == 0)
        {
            await Refuse(_replies.UnrecognisedMechanism);
        }
        else
        {
            await SignInAsync(parts[0].ToUpperInvariant(), initial);
        }
    }

    private Task SignInAsync(string mechanism, string? initial) => mechanism switch
    {
        "XOAUTH2" => XOAuth2Async(initial),
        "LOGIN" => LoginAsync(initial),
        _ => Refuse(_replies.UnrecognisedMechanism),
    };

    private async Task XOAuth2Async(string? initial)
    {
        var response = initial ?? await AskAsync("334 ");
        if (response is null || await StrikesAsync(SmtpStage.Auth))
        {
            return;
        }

        var (mailbox, refusal) = server.SignIn.Decide(XOAuth2Payload.Parse(response), _replies);
        if (mailbox is null)
        {
            await Refuse(refusal!);
            return;
        }

        if (mailbox.Mailbox.FaultAt(SmtpStage.Auth) is { } fault && await StrikeAsync(fault))
        {
            return;
        }

        _connectionSlot = server.Limits.TakeConnection(mailbox.Mailbox.Address);
        if (_connectionSlot is null)
        {
            await Refuse(_replies.TooManyConnections);
            return;
        }

        _signedIn = mailbox;
        channel.Write(SmtpReplies.Authenticated);
    }

    // Passwords are asked for and always refused: basic authentication is off.
    private async Task LoginAsync(string? initial)
    {
        var user = initial ?? await AskAsync("334 VXNlcm5hbWU6");
        if (user is null || await AskAsync("334 UGFzc3dvcmQ6") is null || await StrikesAsync(SmtpStage.Auth))
        {
            return;
        }

        await Refuse(_replies.BasicDisabled);
    }

    /// <summary>Null when the client thought better of it, which is answered here.</summary>
    private async Task<string?> AskAsync(string prompt)
    {
        channel.Write(prompt);
        var line = await channel.ReadLineAsync();
        switch (line)
        {
            case { State: LineState.Complete, Text: "*" }:
                await Refuse(SmtpReplies.Cancelled);
                return null;
            case { State: LineState.Complete }:
                return line.Text;
            case { State: LineState.BareLineFeed }:
                await Refuse(SmtpReplies.BareLineFeedInCommand);
                return null;
            default:
                channel.Write(SmtpReplies.LineTooLong);
                _open = false;
                return null;
        }
    }
}
