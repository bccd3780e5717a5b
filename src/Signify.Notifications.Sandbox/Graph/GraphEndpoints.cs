using MimeKit;
using Signify.Notifications.Sandbox.Exchange;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Sandbox.Limits;
using Signify.Notifications.Sandbox.Mail;
using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Graph;

/// <summary>POST /v1.0/users/{mailbox}/sendMail.</summary>
internal sealed class GraphEndpoints(GraphAccess access, SandboxMailStore mail, SubmissionLimits limits, SandboxFaults faults, TimeProvider time)
{
    private static readonly TimeSpan WhenCrowded = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1.0/users/{mailbox}/sendMail", SendMailAsync);

    private async Task SendMailAsync(HttpContext context)
    {
        var fault = faults.TakeHttp(HttpPlace.Graph) ?? access.FaultOf((string)context.Request.RouteValues["mailbox"]!);
        if (fault is not { FromStranger: true })
        {
            AddIds(context);
        }

        GraphError? answer = null;
        if (fault is null or { KeepMessage: true })
        {
            answer = await AcceptAsync(context);
        }

        if (await HttpFaultAnswer.StrikeAsync(context, fault, time))
        {
            return;
        }

        if (fault is { KeepMessage: false })
        {
            answer = await AcceptAsync(context);
        }

        if (answer is not null)
        {
            await answer.WriteAsync(context, time.GetUtcNow());
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static void AddIds(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        var sent = context.Request.Headers["client-request-id"].ToString();
        context.Response.Headers["request-id"] = requestId;
        context.Response.Headers["client-request-id"] = Guid.TryParse(sent, out _) ? sent : requestId;
    }

    /// <summary>Null: accepted and kept.</summary>
    private async Task<GraphError?> AcceptAsync(HttpContext context)
    {
        var user = (string)context.Request.RouteValues["mailbox"]!;
        var (sender, error) = access.Decide(context.Request.Headers.Authorization, user);
        if (sender is null)
        {
            return error;
        }

        using var slot = limits.TakeGraphRequest(sender.Mailbox.Address);
        if (slot is null)
        {
            return GraphError.Throttled(WhenCrowded);
        }

        var (message, unreadable) = await GraphBodyReader.ReadAsync(context, sender.Mailbox.Address, time.GetUtcNow());
        return message is null ? unreadable : Submit(sender, message);
    }

    private GraphError? Submit(SignedInMailbox sender, MimeMessage message)
    {
        var recipients = message.To.Mailboxes.Concat(message.Cc.Mailboxes).Concat(message.Bcc.Mailboxes).Select(to => to.Address).ToList();
        if (recipients.Count == 0)
        {
            return GraphError.BadRecipients;
        }

        if (message.From.Mailboxes.Any(from => !sender.MaySendAs(from.Address)))
        {
            return GraphError.SendAsDenied;
        }

        if (sender.Mailbox.State == MailboxState.Full)
        {
            return GraphError.MailboxFull;
        }

        // Over the rate Graph still accepts; the transport behind it carries the message over to the next minute.
        var verdict = limits.Submit(sender.Mailbox.Address, recipients.Count);
        if (verdict.OverQuota || verdict.TooFast)
        {
            return verdict.OverQuota ? GraphError.DayUsedUp : GraphError.Throttled(verdict.Delay);
        }

        Keep(sender, message, recipients);
        return null;
    }

    private void Keep(SignedInMailbox sender, MimeMessage message, List<string> recipients)
    {
        if (message.From.Count == 0)
        {
            message.From.Add(new MailboxAddress(sender.Mailbox.DisplayName, sender.Mailbox.Address));
        }

        using var stream = new MemoryStream();
        message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, stream);
        mail.Add(MailRoute.Graph, sender.Mailbox.Address, sender.Mailbox.Address, recipients, stream.ToArray());
    }
}
