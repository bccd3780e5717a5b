using System.Diagnostics;
using System.Globalization;
using Signify.Notifications.Telemetry;
using Signify.Notifications.Transports.Smtp.Client;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>A stretch of a dialogue as traces show it: which server, and the codes of its last reply. Never its words.</summary>
internal static class SmtpSpan
{
    public static async Task<T> OfAsync<T>(string name, SmtpEndpoint server, SmtpTranscript transcript, Func<Task<T>> deed)
    {
        using var span = Tracing.Child(name, ActivityKind.Client);
        if (span is null)
        {
            return await deed();
        }

        span.SetTag(Tags.Server, server.Host).SetTag(Tags.Port, server.Port);
        try
        {
            var result = await deed();
            Tell(span, SmtpReply.Read(transcript.LastReply));
            return result;
        }
        catch (Exception ex)
        {
            var reply = SmtpFailures.ReplyOf(ex, SmtpReply.Read(transcript.LastReply));
            Tell(span, reply);
            span.Fail(
                ex is WithdrawnException or BrokenOffException or OperationCanceledException ? Tags.Cancelled
                : reply.Code >= 400 ? reply.Code.ToString(CultureInfo.InvariantCulture)
                : "no-reply");
            throw;
        }
    }

    private static void Tell(Activity span, SmtpReply reply)
    {
        if (reply.Code != 0)
        {
            span.SetTag(Tags.SmtpCode, reply.Code);
        }

        if (reply.Enhanced.Length > 0)
        {
            span.SetTag(Tags.SmtpEnhancedCode, reply.Enhanced);
        }
    }
}
