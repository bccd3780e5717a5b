using System.Globalization;
using MailKit.Net.Smtp;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>
/// One message after another over a signed-in connection. Where the server takes several commands at once (PIPELINING, RFC 2920),
/// a message takes two round trips: sender, recipient and DATA, then the content. See docs/decisions/0026.
/// </summary>
internal sealed class SmtpExchange(SmtpWire wire, SmtpCapabilities can)
{
    private const int GoOn = 354;

    // Behind each refusal the commands that went along are refused as well, and servers count that: from the first one on DATA waits.
    private bool _refused;

    /// <summary>What comes next over this connection would be taken for something else.</summary>
    public bool Broken { get; private set; }

    /// <returns>The server's receipt.</returns>
    /// <exception cref="SmtpCommandException">The server refused; the connection is ready for another message, unless <see cref="Broken"/>.</exception>
    public async Task<string> SubmitAsync(SmtpSubmission submission)
    {
        submission.LookAgain();
        try
        {
            wire.DemandSilence();
            await EnvelopeAsync(submission);
            return await ContentAsync(submission);
        }
        catch (SmtpCommandException refusal)
        {
            await ResetAsync(submission, refusal);
            throw;
        }
        catch
        {
            Broken = true;
            throw;
        }
    }

    private Task EnvelopeAsync(SmtpSubmission submission) => can.HasFlag(SmtpCapabilities.Pipelining) ? TogetherAsync(submission) : OneByOneAsync(submission);

    private async Task OneByOneAsync(SmtpSubmission submission)
    {
        await SayAsync(submission, Sender(submission));
        submission.BeginRecord();
        Demand(await SenderHeardAsync(submission));
        for (var i = 0; i < submission.Recipients.Count; i++)
        {
            await SayAsync(submission, Recipient(submission, i));
            Demand(await RecipientHeardAsync(submission));
        }

        await AskForContentAsync(submission);
    }

    private async Task TogetherAsync(SmtpSubmission submission)
    {
        // With several recipients DATA waits until all are taken: where one is not, the others would get what follows.
        var withData = submission.Recipients.Count == 1 && !_refused;
        wire.Say(Sender(submission));
        for (var i = 0; i < submission.Recipients.Count; i++)
        {
            wire.Say(Recipient(submission, i));
        }

        if (withData)
        {
            wire.Say("DATA");
        }

        await wire.FlushAsync(submission.Bound);
        submission.BeginRecord();
        Demand(await HeardTogetherAsync(submission, withData));
        if (!withData)
        {
            await AskForContentAsync(submission);
        }
    }

    /// <summary>Each command has its reply, behind a refusal too.</summary>
    /// <returns>The first refusal.</returns>
    private async Task<SmtpCommandException?> HeardTogetherAsync(SmtpSubmission submission, bool withData)
    {
        SmtpCommandException? refusal = null;
        try
        {
            refusal = await SenderHeardAsync(submission);
            for (var i = 0; i < submission.Recipients.Count; i++)
            {
                var here = await RecipientHeardAsync(submission);
                refusal ??= here;
            }

            if (withData)
            {
                var here = await DataHeardAsync(submission);
                // The server waits for the content of a message that nobody gets, and an empty one would be one all the same.
                Broken = refusal is not null && here is null;
                refusal ??= here;
            }
        }
        catch (Exception ex) when (refusal is not null && LinkBroke(ex))
        {
            Broken = true;
        }

        return refusal;
    }

    private async Task AskForContentAsync(SmtpSubmission submission)
    {
        submission.LookAgain();
        wire.DemandSilence();
        await SayAsync(submission, "DATA");
        Demand(await DataHeardAsync(submission));
    }

    private async Task<string> ContentAsync(SmtpSubmission submission)
    {
        await wire.SayContentAsync(submission.Content, submission.EnterContent, submission.Bound);
        if (!submission.IsWrittenDown)
        {
            // Most of the sending and the writing down take place at the same time.
            await wire.FlushAsync(submission.Bound);
        }

        wire.DemandSilence();
        await submission.ContentIsCompleteAsync();
        wire.SayEndOfContent();
        await wire.FlushAsync(submission.Bound);
        var answer = await wire.HearAsync(submission.Bound);
        Demand(Refusal(SmtpErrorCode.MessageNotAccepted, answer, answer.Accepts));
        return answer.Text;
    }

    private async Task SayAsync(SmtpSubmission submission, string command)
    {
        wire.Say(command);
        await wire.FlushAsync(submission.Bound);
    }

    private async ValueTask<SmtpCommandException?> SenderHeardAsync(SmtpSubmission submission)
    {
        var answer = await wire.HearAsync(submission.Bound);
        submission.SenderAnswered();
        return Refusal(SmtpErrorCode.SenderNotAccepted, answer, answer.Accepts);
    }

    private async ValueTask<SmtpCommandException?> RecipientHeardAsync(SmtpSubmission submission)
    {
        var answer = await wire.HearAsync(submission.Bound);
        submission.RecipientAnswered();
        return Refusal(SmtpErrorCode.RecipientNotAccepted, answer, answer.Accepts);
    }

    private async ValueTask<SmtpCommandException?> DataHeardAsync(SmtpSubmission submission)
    {
        var answer = await wire.HearAsync(submission.Bound);
        return Refusal(SmtpErrorCode.UnexpectedStatusCode, answer, answer.Code == GoOn);
    }

    private SmtpCommandException? Refusal(SmtpErrorCode kind, SmtpAnswer answer, bool accepted)
    {
        _refused |= !accepted;
        return accepted ? null : new SmtpCommandException(kind, (SmtpStatusCode)answer.Code, answer.Text);
    }

    private static void Demand(SmtpCommandException? refusal)
    {
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    /// <summary>The server forgets the message. One that breaks off here has refused all the same.</summary>
    private async Task ResetAsync(SmtpSubmission submission, SmtpCommandException refusal)
    {
        // A 3xx waits for content, and RSET would be some; behind a 421 the server hangs up.
        Broken |= refusal is not WithdrawnException && (int)refusal.StatusCode is < 400 or 421;
        if (Broken)
        {
            return;
        }

        try
        {
            wire.DemandSilence();
            submission.EnterStep(submission.Stage);
            await SayAsync(submission, "RSET");
            Broken = !(await wire.HearAsync(submission.Bound)).Accepts;
        }
        catch (Exception ex) when (LinkBroke(ex))
        {
            Broken = true;
        }
    }

    private static bool LinkBroke(Exception ex) => SmtpFailures.Understands(ex) || ex is OperationCanceledException;

    private string Sender(SmtpSubmission submission) => string.Concat(
        $"MAIL FROM:<{submission.Sender.ForWire()}>",
        submission.Utf8 ? " SMTPUTF8" : "",
        can.HasFlag(SmtpCapabilities.Size) ? string.Create(CultureInfo.InvariantCulture, $" SIZE={submission.Content.Length}") : "",
        submission.EightBit && can.HasFlag(SmtpCapabilities.EightBitMime) ? " BODY=8BITMIME" : "");

    private static string Recipient(SmtpSubmission submission, int index) => $"RCPT TO:<{submission.Recipients[index].ForWire()}>";
}
