using System.Net;
using System.Net.Sockets;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Graph;

/// <summary>
/// The table of Microsoft Graph's answers to <c>sendMail</c>: by the name of the error, else by the status; words decide only
/// between two meanings of one name. Source: Graph's and Outlook's lists of error codes.
/// </summary>
internal static class GraphFindings
{
    private const string MailRole = "Mail.Send";

    // Where Graph throttles and does not say for how long.
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    // Graph can answer 200 to MIME of some 2,240 KB and more, and not send it. The limit is observed, not documented: a round figure below it.
    private const int DroppedFrom = 2_000_000;

    /// <param name="claims">Of the token that Graph refused; null where it cannot be read.</param>
    /// <param name="complete">Whether Graph received the whole message: if not, it accepted none, regardless of its response.</param>
    /// <param name="size">Bytes of the message in MIME; 0 where it is not known.</param>
    public static Refusal Judge(
        GraphAnswer answer, TokenClaims? claims, NotificationSettings settings, Cloud cloud, bool complete = true, int size = 0)
    {
        var values = Values(settings, cloud);
        var (fault, cause) = ByName(answer, claims) ?? (answer.IsGraphs ? ByStatus(answer, size) : OfStranger(answer));
        (fault, cause) = (fault, (int)answer.Status) switch
        {
            (Fault.Doubtful, _) when !complete => (Fault.Passing, cause),
            (Fault.Doubtful, 408) => (fault, Causes.GraphFault),
            _ => (fault, cause),
        };
        var known = ByName(answer, claims) is not null || answer.Error is null || Plain(answer);
        var reason = Linked(known ? cause.Told(values) : cause.ToldByKind(answer.Error!, values), settings, cloud);
        return new Refusal(fault, reason, answer.RetryAfter ?? (fault == Fault.Throttled ? UsualWait : null));
    }

    /// <summary>What else it can be, most likely first; for those who look into it, not for sending.</summary>
    public static IReadOnlyList<Finding> AllOf(GraphAnswer answer, TokenClaims? claims, NotificationSettings settings, Cloud cloud)
    {
        var first = Judge(answer, claims, settings, cloud, complete: false).Reason.WithPatience();
        if (first.Cause != Causes.GraphMailboxExcluded.Id)
        {
            return [first];
        }

        var values = Values(settings, cloud);
        return
        [
            first with { TellApart = CauseWords.Get($"tell-apart.{Causes.GraphMailboxExcluded.TellApart}", values) },
            Linked(Causes.GraphConsentFresh.Told(values), settings, cloud),
        ];
    }

    public static Finding TooLarge() => Causes.GraphMessageTooLarge.Told();

    /// <summary>There was no answer.</summary>
    /// <param name="mayHaveGone">Graph was given the whole message.</param>
    public static Finding Broken(Exception ex, Cloud cloud, bool mayHaveGone)
    {
        if (CertificateRefusedException.In(ex) is { } verdict)
        {
            return TlsFindings.For(verdict, cloud.Graph.Host, SettingsField.Cloud)!;
        }

        if (!mayHaveGone && EntraFindings.ProxyFinding(ex, Place(cloud)) is { } proxy)
        {
            return proxy;
        }

        var cause = (ex, (ex as HttpRequestException)?.HttpRequestError) switch
        {
            _ when mayHaveGone => Causes.GraphInDoubt,
            (_, HttpRequestError.NameResolutionError) => Causes.GraphNameNotFound,
            (_, HttpRequestError.SecureConnectionError) => Causes.GraphTlsFailed,
            (HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut } }, _) => Causes.GraphSilent,
            (_, HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError) => Causes.GraphConnectionFailed,
            (OperationCanceledException, _) => Causes.GraphSilent,
            _ => Causes.GraphConnectionBroken,
        };
        return cause.Told(Place(cloud));
    }

    private static (Fault Fault, Cause Cause)? ByName(GraphAnswer answer, TokenClaims? claims) => answer.Error switch
    {
        "ErrorAccessDenied" when Says(answer, "OData is disabled") || Says(answer, "AccessPolicy") => (Fault.Configuration, Causes.GraphAccessPolicy),
        // With the role in the token, Entra has done its part.
        "ErrorAccessDenied" when claims?.Has(MailRole) ?? false => (Fault.Configuration, Causes.GraphMailboxExcluded),
        "ErrorAccessDenied" or "Authorization_RequestDenied" or "NoPermissionsInAccessToken" => (Fault.Configuration, Causes.GraphAccessDenied),
        // Said with 401, and not about the token: there is nothing behind it.
        "OrganizationFromTenantGuidNotFound" => (Fault.Configuration, Causes.NoExchangeOnline),
        "Authorization_IdentityNotFound" => (Fault.Configuration, Causes.AppNotInTenant),
        "insufficient_claims" => (Fault.Configuration, Causes.GraphConditionalAccess),
        "ErrorSendAsDenied" => (Fault.Configuration, Causes.GraphSendAsDenied),
        "ErrorInvalidUser" or "ResourceNotFound" or "Request_ResourceNotFound" or "ErrorNonExistentMailbox" => (Fault.Configuration, Causes.GraphUserUnknown),
        "MailboxNotEnabledForRESTAPI" or "MailboxNotSupportedForRESTAPI" => (Fault.Configuration, Causes.GraphMailboxMissing),
        "ErrorQuotaExceeded" => (Fault.Configuration, Causes.GraphMailboxFull),
        "ErrorSubmissionQuotaExceeded" or "ErrorExceededMessageLimit" => (Fault.Quota, Causes.DailyLimit),
        "ErrorMessageSubmissionBlocked" or "ErrorAccountSuspend" => (Fault.Blocked, Causes.GraphSenderBlocked),
        "ErrorInvalidRecipients" => (Fault.OfMessage, Causes.GraphRecipientInvalid),
        "ErrorExceededMaxRecipientLimit" => (Fault.OfMessage, Causes.GraphRecipientsTooMany),
        "ErrorMessageSizeExceeded" or "RequestEntityTooLarge" => (Fault.OfMessage, Causes.GraphMessageTooLarge),
        "ErrorMimeContentInvalidBase64String" or "ErrorInvalidParameter" or "RequestBodyRead" => (Fault.OfMessage, Causes.GraphMessageMalformed),
        // Said by Exchange itself, which took nothing. Under another status a gateway on the way relays it, and that is no evidence.
        "ErrorServerBusy" or "ApplicationThrottled" when answer.Status == HttpStatusCode.ServiceUnavailable =>
            (Fault.Throttled, Causes.GraphBusy),
        // The mailbox is being moved between servers: the request reached none of them.
        "MailboxInfoStale" or "ErrorMailboxMoveInProgress" when answer.Status == HttpStatusCode.ServiceUnavailable =>
            (Fault.Passing, Causes.GraphBusy),
        _ => null,
    };

    // Graph has not seen the request, unless a gateway gave up on its response. That is nobody's fault but the network's: the message
    // stays queued, and no cause of Microsoft's is named.
    private static (Fault Fault, Cause Cause) OfStranger(GraphAnswer answer) => (int)answer.Status switch
    {
        408 or 429 or 499 => ByStatus(answer, 0),
        511 => (Fault.Unreachable, Causes.GraphInterfered),
        >= 500 => (Fault.Doubtful, Causes.GraphFault),
        >= 300 => (Fault.Unreachable, Causes.GraphInterfered),
        _ => (Fault.Doubtful, Causes.GraphNotGraph),
    };

    private static (Fault Fault, Cause Cause) ByStatus(GraphAnswer answer, int size) => (int)answer.Status switch
    {
        200 when answer.Body.Length == 0 && size >= DroppedFrom => (Fault.OfMessage, Causes.GraphMessageDropped),
        401 => (Fault.Configuration, Causes.GraphTokenRefused),
        403 => (Fault.Configuration, Causes.GraphAccessDenied),
        404 => (Fault.Configuration, Causes.GraphMailboxNotFound),
        // 408 and 499 come from a gateway: once the message was complete, it cannot say what Exchange did with it.
        408 => (Fault.Doubtful, Causes.GraphTooSlow),
        499 => (Fault.Doubtful, Causes.GraphFault),
        // Not processed: the response is from a proxy or a network sign-in page.
        407 or 511 => (Fault.Unreachable, Causes.GraphInterfered),
        413 => (Fault.OfMessage, Causes.GraphMessageTooLarge),
        421 or 423 or 425 => (Fault.Passing, Causes.GraphBusy),
        429 or 509 => (Fault.Throttled, Causes.GraphTooFast),
        507 => (Fault.Configuration, Causes.GraphMailboxFull),
        // 500, 502, 503, 504: the message may have been taken. Retry-After asks for time and says nothing about that.
        >= 500 => (Fault.Doubtful, Causes.GraphFault),
        // Graph says 202 and nothing else when it takes a message.
        >= 200 and < 300 => (Fault.Doubtful, Causes.GraphNotGraph),
        < 400 => (Fault.Unreachable, Causes.GraphInterfered),
        _ => (Fault.OfMessage, Causes.GraphMessageRefused),
    };

    // Names that say no more than their status does.
    private static bool Plain(GraphAnswer answer) => answer.Error is
        "InvalidAuthenticationToken" or "ApplicationThrottled" or "TooManyRequests" or "CommandConcurrencyLimitReached"
        or "ErrorInternalServerError" or "ErrorInternalServerTransientError" or "UnknownError";

    private static Finding Linked(Finding finding, NotificationSettings settings, Cloud cloud) =>
        finding with { Link = Portal.Link(Causes.Of(finding)?.Page ?? PortalPage.None, cloud, settings.ClientId) };

    private static bool Says(GraphAnswer answer, string words) => answer.Body.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static (string Name, string Value)[] Values(NotificationSettings settings, Cloud cloud) =>
        [.. Place(cloud), ("mailbox", settings.FromEmail), ("client", settings.ClientId ?? "")];

    private static (string Name, string Value)[] Place(Cloud cloud) => [("host", cloud.Graph.Host), ("address", $"https://{cloud.Graph.Authority}")];
}
