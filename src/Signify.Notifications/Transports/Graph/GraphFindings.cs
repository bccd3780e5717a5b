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
    private const string AskConsent = "Under API permissions add the application permission Mail.Send of Microsoft Graph and choose Grant admin consent.";
    private const string Full = "The mailbox has written to as many recipients as Exchange allows in 24 hours.";
    private const string LookFirst = "Look whether it arrived before you try again.";

    // Where Graph throttles and does not say for how long.
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    public static Refusal Judge(GraphAnswer answer, NotificationSettings settings, Cloud cloud)
    {
        var refusal = ByName(answer, settings, cloud) ?? ByStatus(answer);
        return refusal with { After = answer.RetryAfter ?? (refusal.Fault == Fault.Throttled ? UsualWait : null) };
    }

    public static Finding TooLarge() => new(FindingCode.MessageTooLarge, "The message is larger than Graph takes.", "Send a smaller message, or over SMTP.");

    /// <summary>There was no answer.</summary>
    /// <param name="mayHaveGone">Graph was given the whole message.</param>
    public static Finding Broken(Exception ex, Cloud cloud, bool mayHaveGone)
    {
        var host = cloud.Graph.Host;
        return (ex, (ex as HttpRequestException)?.HttpRequestError) switch
        {
            _ when CertificateRefusedException.In(ex) is { } verdict => TlsFindings.For(verdict, host, SettingsField.Cloud)!,
            _ when mayHaveGone => new(FindingCode.LinkLost, $"{host} was given the whole message and did not say whether it took it. It may have gone.", LookFirst),
            (_, HttpRequestError.NameResolutionError) => new(FindingCode.NameNotFound, $"The name {host} is not found.", "Let this server ask a DNS server that knows Internet names.")
            { Field = SettingsField.Cloud },
            (_, HttpRequestError.SecureConnectionError) => new(FindingCode.TlsFailed, $"The encrypted connection to {host} did not come about.", Reach(cloud)),
            (_, HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError) => new(FindingCode.ConnectionFailed, $"No connection to {host} comes about.", Reach(cloud)),
            (OperationCanceledException, _) => new(FindingCode.ConnectionTimedOut, $"{host} does not answer.", Reach(cloud)),
            _ => new(FindingCode.LinkLost, $"The connection to {host} broke while the message was being sent.", Reach(cloud)),
        };
    }

    private static Refusal? ByName(GraphAnswer answer, NotificationSettings settings, Cloud cloud) => answer.Error switch
    {
        "ErrorAccessDenied" when Says(answer, "OData is disabled") || Says(answer, "AccessPolicy") =>
            On(Fault.Configuration, SettingsField.FromEmail, FindingCode.AccessPolicy, "An application access policy of the tenant keeps the app from this mailbox.",
                "Ask the Exchange administrator to add the mailbox to the policy's group. It can take an hour to have effect."),
        "ErrorAccessDenied" => AccessDenied(settings, cloud),
        "insufficient_claims" => On(Fault.Configuration, SettingsField.ClientId, FindingCode.ConditionalAccess,
            "A Conditional Access policy of the tenant blocks the app.", "Ask whoever keeps Conditional Access to let this app in."),
        "ErrorSendAsDenied" => On(Fault.Configuration, SettingsField.FromEmail, FindingCode.SendAsDenied,
            "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address."),
        "ErrorInvalidUser" or "ResourceNotFound" or "Request_ResourceNotFound" or "ErrorNonExistentMailbox" =>
            On(Fault.Configuration, SettingsField.FromEmail, FindingCode.MailboxNotFound,
                "The tenant has no user with this address.", "Check From Email: it must be a user or a shared mailbox of this tenant, not a group or a contact."),
        "MailboxNotEnabledForRESTAPI" or "MailboxNotSupportedForRESTAPI" => On(Fault.Configuration, SettingsField.FromEmail, FindingCode.MailboxNotFound,
            "This user has no mailbox in Exchange Online: no licence, still being made, or kept on premises.", "Give the user a licence with Exchange Online, or choose another mailbox."),
        "ErrorQuotaExceeded" => MailboxFull(),
        "ErrorSubmissionQuotaExceeded" or "ErrorExceededMessageLimit" =>
            On(Fault.Quota, SettingsField.FromEmail, FindingCode.DailyLimit, Full, "Wait: the window slides, and room comes back hour by hour."),
        "ErrorMessageSubmissionBlocked" or "ErrorAccountSuspend" => On(Fault.Blocked, SettingsField.FromEmail, FindingCode.SenderBlocked,
            "Microsoft has stopped this sender.", "An administrator looks at security.microsoft.com/restrictedusers."),
        "ErrorInvalidRecipients" => On(Fault.OfMessage, null, FindingCode.RecipientRejected, "Graph does not accept the recipient's address.", "Check the address."),
        "ErrorExceededMaxRecipientLimit" => On(Fault.OfMessage, null, FindingCode.RecipientRejected,
            "The message has more recipients than Graph takes at once.", "Send it to fewer people."),
        "ErrorMessageSizeExceeded" or "RequestEntityTooLarge" => new Refusal(Fault.OfMessage, TooLarge()),
        "ErrorServerBusy" => On(Fault.Throttled, null, FindingCode.ServerBusy, "Graph is busy and took nothing.", "Nothing: it goes on by itself."),
        _ => null,
    };

    private static Refusal ByStatus(GraphAnswer answer) => (int)answer.Status switch
    {
        401 => On(Fault.Configuration, SettingsField.Cloud, FindingCode.SignInRefused, "Graph does not accept the token.", "Check that the cloud is right."),
        403 => On(Fault.Configuration, SettingsField.ClientId, FindingCode.GraphPermissionMissing, "Graph does not let the app send from this mailbox.", AskConsent),
        404 => On(Fault.Configuration, SettingsField.FromEmail, FindingCode.MailboxNotFound,
            "Graph does not find this mailbox.", "Check From Email: it must be a user or a shared mailbox of this tenant."),
        408 => On(Fault.Passing, null, FindingCode.ServerBusy, "The message came too slowly for Graph, which did not take it.", "Nothing: it is tried again."),
        413 => new Refusal(Fault.OfMessage, TooLarge()),
        429 => On(Fault.Throttled, null, FindingCode.TooFast, "Graph receives more from this app than it allows.", "Wait a minute, then try again."),
        503 or 504 when answer.RetryAfter is not null => On(Fault.Throttled, null, FindingCode.ServerBusy, "Graph is busy and asks to wait.", "Nothing: it goes on by itself."),
        507 => MailboxFull(),
        >= 500 => On(Fault.Doubtful, null, FindingCode.ServerBusy, "Graph cannot answer at the moment. The message may have gone all the same.", LookFirst),
        // Graph says 202 and nothing else when it takes a message.
        >= 200 and < 300 => On(Fault.Doubtful, null, FindingCode.MessageRefused, "What answered does not answer as Graph does. The message may have gone all the same.", LookFirst),
        < 400 => On(Fault.Unreachable, null, FindingCode.LinkLost, "Something on the way to Graph answered in its place.", "Ask the network team to let this server reach Graph directly."),
        _ => On(Fault.OfMessage, null, FindingCode.MessageRefused, "Graph refused the message.", "Read Graph's words below."),
    };

    private static Refusal AccessDenied(NotificationSettings settings, Cloud cloud)
    {
        var refusal = On(Fault.Configuration, SettingsField.ClientId, FindingCode.GraphPermissionMissing, "Graph does not let the app send from this mailbox.",
            AskConsent + " If both are done, a policy or role assignment in Exchange leaves this mailbox out; changes take up to two hours.");
        return refusal with { Reason = refusal.Reason with { Link = Portal.AppPage(cloud, "CallAnAPI", settings.ClientId) } };
    }

    private static Refusal MailboxFull() =>
        On(Fault.Configuration, SettingsField.FromEmail, FindingCode.MailboxFull, "The mailbox is full, and a full mailbox cannot send.", "Empty it.");

    private static Refusal On(Fault fault, string? field, FindingCode code, string message, string remedy) =>
        new(fault, new Finding(code, message, remedy) { Field = field });

    private static bool Says(GraphAnswer answer, string words) => answer.Body.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string Reach(Cloud cloud) => $"Let this server connect to https://{cloud.Graph.Authority}. If it needs a proxy, set HTTPS_PROXY for this program.";
}
