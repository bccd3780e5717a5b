using Signify.Notifications.Sandbox.Tenants;

namespace Signify.Notifications.Sandbox.Scenarios;

/// <summary>Graph's answers, each with a mailbox that draws it. Source: Graph's and Outlook's lists of error codes.</summary>
internal static class GraphFaults
{
    public static IReadOnlyList<GraphFault> All { get; } =
    [
        new("graph-access-denied", 403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.", "access-policy"),
        new("graph-policy", 403, "ErrorAccessDenied", "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.", "access-policy"),
        new("graph-send-as-denied", 403, "ErrorSendAsDenied", "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.", "send-as-denied"),
        new("graph-user-invalid", 404, "ErrorInvalidUser", "The requested user is invalid.", "mailbox-not-found"),
        new("graph-user-not-found", 404, "Request_ResourceNotFound", "Resource does not exist or one of its queried reference-property objects are not present.", "mailbox-not-found"),
        new("graph-no-mailbox", 404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise.", "mailbox-not-found"),
        new("graph-recipients-invalid", 400, "ErrorInvalidRecipients", "At least one recipient isn't valid., Recipient is not resolved.", "recipient-rejected"),
        new("graph-recipients-too-many", 400, "ErrorExceededMaxRecipientLimit", "The message has too many recipients.", "recipient-rejected"),
        new("graph-too-large", 413, "RequestEntityTooLarge", "The request entity is larger than 4 MB.", "message-too-large"),
        new("graph-size-exceeded", 400, "ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.", "message-too-large"),
        new("graph-throttled", 429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.", "too-fast"),
        new("graph-message-limit", 429, "ErrorExceededMessageLimit", "Cannot send mail. Daily Message/Recipient limit exceeded. Follow the instructions in your Inbox to verify your account.", "daily-limit"),
        new("graph-day-used-up", 403, "ErrorSubmissionQuotaExceeded", "The message can't be submitted because the submission quota was exceeded.", "daily-limit"),
        new("graph-sender-blocked", 403, "ErrorMessageSubmissionBlocked", "The sender is blocked from sending messages.", "sender-blocked"),
        new("graph-account-suspended", 403, "ErrorAccountSuspend", "The account is suspended.", "sender-blocked"),
        new("graph-mailbox-full", 507, "ErrorQuotaExceeded", "The mailbox quota has been exceeded.", "mailbox-full"),
        new("graph-busy", 503, "ErrorServerBusy", "The server cannot service this request right now. Try again later.", "server-busy"),
        new("graph-server-error", 500, "ErrorInternalServerError", "An internal server error occurred. The operation failed.", "server-busy"),
        new("graph-claims", 403, "insufficient_claims", "Continuous access evaluation resulted in challenge.", "conditional-access"),
        new("graph-token-refused", 401, "InvalidAuthenticationToken", "Access token validation failure.", "sign-in-refused"),
        new("graph-unknown", 418, "ErrorNobodyKnows", "Etwas ging schief.", "message-refused"),
        new("graph-message-malformed", 400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.", "message-refused"),
        new("graph-mailbox-not-found", 404, "ErrorNobodyKnows", "Not found.", "mailbox-not-found"),
        new("graph-too-slow", 408, "RequestTimeout", "The request came too slowly.", "server-busy"),
        new("graph-not-graph", 200, "", "", "message-refused"),
        new("graph-interfered", 302, "", "", "graph-interfered"),
        new("graph-web-filter", 405, "", "Internet Access Denied", "graph-interfered") { FromStranger = true },
        new("graph-proxy-forbids", 403, "", "Access to this site is blocked by your organization", "graph-interfered") { FromStranger = true },
        new("graph-organization-missing", 401, "OrganizationFromTenantGuidNotFound", "The tenant for tenant guid does not exist.", "no-exchange-online"),
        new("graph-identity-missing", 401, "Authorization_IdentityNotFound", "The identity of the calling application could not be established.", "app-not-in-tenant"),
    ];

    public static IEnumerable<SandboxMailbox> Mailboxes => All.Select(fault => fault.Mailbox);
}
