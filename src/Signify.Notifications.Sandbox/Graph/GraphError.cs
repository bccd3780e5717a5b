using System.Globalization;

namespace Signify.Notifications.Sandbox.Graph;

/// <summary>A refusal in Graph's words.</summary>
internal sealed record GraphError(int Status, string Code, string Message)
{
    public int? RetryAfterSeconds { get; init; }

    public static readonly GraphError InvalidToken = new(401, "InvalidAuthenticationToken", "Access token validation failure.");
    public static readonly GraphError NoToken = new(401, "InvalidAuthenticationToken", "Access token is empty.");
    public static readonly GraphError WrongAudience = new(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.");
    public static readonly GraphError AccessDenied = new(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    public static readonly GraphError AccessPolicy = new(403, "ErrorAccessDenied",
        "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.");

    public static readonly GraphError SendAsDenied = new(403, "ErrorSendAsDenied",
        "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., "
        + "Cannot submit message.");

    public static readonly GraphError NoMailbox = new(404, "MailboxNotEnabledForRESTAPI",
        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");

    public static readonly GraphError BadRecipients = new(400, "ErrorInvalidRecipients", "At least one recipient isn't valid., Recipient is not resolved.");
    public static readonly GraphError BadMime = new(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
    public static readonly GraphError BadBody = new(400, "RequestBodyRead", "The request body could not be read as a message.");
    public static readonly GraphError TooLarge = new(413, "RequestEntityTooLarge", "The request entity is larger than 4 MB.");
    public static readonly GraphError MailboxFull = new(507, "ErrorQuotaExceeded", "The mailbox quota has been exceeded.");
    public static readonly GraphError Blocked = new(403, "ErrorMessageSubmissionBlocked", "The sender is blocked from sending messages.");
    public static readonly GraphError DayUsedUp = new(403, "ErrorSubmissionQuotaExceeded", "The message can't be submitted because the submission quota was exceeded.");

    public static GraphError UnknownUser(string user) => new(404, "ErrorInvalidUser", $"The requested user '{user}' is invalid.");

    public static GraphError Throttled(TimeSpan wait) => new(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
    {
        RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)),
    };

    public async Task WriteAsync(HttpContext context, DateTimeOffset now)
    {
        context.Response.StatusCode = Status;
        if (RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var requestId = context.Response.Headers["request-id"].ToString();
        var clientRequestId = context.Response.Headers["client-request-id"].ToString();
        var inner = new Dictionary<string, string>
        {
            ["date"] = now.UtcDateTime.ToString("s", CultureInfo.InvariantCulture),
            ["request-id"] = requestId,
            ["client-request-id"] = clientRequestId,
        };
        await context.Response.WriteAsJsonAsync(
            new { error = new { code = Code, message = Message, innerError = inner } }, context.RequestAborted);
    }
}
