using System.Net;
using System.Text.Json;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Graph;

/// <summary>What Microsoft Graph's answers to <c>sendMail</c> mean. Source: Graph's and Outlook's lists of error codes.</summary>
internal static class GraphFindings
{
    public static Finding For(HttpStatusCode status, string body, NotificationSettings settings, Cloud cloud)
    {
        var code = ErrorCode(body);
        return (code, (int)status) switch
        {
            ("ErrorAccessDenied", _) when body.Contains("OData is disabled", StringComparison.OrdinalIgnoreCase) || body.Contains("AccessPolicy", StringComparison.OrdinalIgnoreCase) =>
                On(SettingsField.FromEmail, FindingCode.AccessPolicy, "An application access policy of the tenant keeps the app from this mailbox.",
                    "Ask the Exchange administrator to add the mailbox to the policy's group. It can take an hour to have effect."),
            ("ErrorAccessDenied", _) => On(SettingsField.ClientId, FindingCode.GraphPermissionMissing, "Graph does not let the app send from this mailbox.",
                    "Under API permissions add the application permission Mail.Send of Microsoft Graph and choose Grant admin consent. If both are done, a policy or role assignment in Exchange leaves this mailbox out; changes take up to two hours.")
                with
            { Link = Portal.AppPage(cloud, "CallAnAPI", settings.ClientId) },
            ("ErrorSendAsDenied", _) => On(SettingsField.FromEmail, FindingCode.SendAsDenied, "The mailbox may not send with this From address.", "Let From Email be the mailbox's own primary address."),
            ("ErrorInvalidUser" or "ResourceNotFound" or "Request_ResourceNotFound" or "ErrorNonExistentMailbox", _) =>
                On(SettingsField.FromEmail, FindingCode.MailboxNotFound, "The tenant has no user with this address.", "Check From Email: it must be a user or a shared mailbox of this tenant, not a group or a contact."),
            ("MailboxNotEnabledForRESTAPI" or "MailboxNotSupportedForRESTAPI", _) =>
                On(SettingsField.FromEmail, FindingCode.MailboxNotFound, "This user has no mailbox in Exchange Online: no licence, still being made, or kept on premises.", "Give the user a licence with Exchange Online, or choose another mailbox."),
            ("ErrorSubmissionQuotaExceeded" or "ErrorExceededMessageLimit", _) => On(SettingsField.FromEmail, FindingCode.DailyLimit, "The mailbox has written to as many recipients as Exchange allows in 24 hours.", "Wait: the window slides, and room comes back hour by hour."),
            ("ErrorMessageSubmissionBlocked" or "ErrorAccountSuspend", _) => On(SettingsField.FromEmail, FindingCode.SenderBlocked, "Microsoft has stopped this sender.", "An administrator looks at security.microsoft.com/restrictedusers."),
            ("ErrorQuotaExceeded", _) or (_, 507) => On(SettingsField.FromEmail, FindingCode.MailboxFull, "The mailbox is full, and a full mailbox cannot send.", "Empty it."),
            ("ErrorInvalidRecipients", _) => On(null, FindingCode.RecipientRejected, "Graph does not accept the recipient's address.", "Check the address."),
            ("ErrorMessageSizeExceeded" or "RequestEntityTooLarge", _) or (_, 413) => On(null, FindingCode.MessageTooLarge, "The message is larger than Graph takes.", "Send a smaller message, or over SMTP."),
            (_, 429) => On(null, FindingCode.TooFast, "Graph receives more from this app than it allows.", "Wait a minute, then try again."),
            (_, 401) => On(SettingsField.Cloud, FindingCode.SignInRefused, "Graph does not accept the token.", "Check that the cloud is right."),
            ("insufficient_claims", _) => On(SettingsField.ClientId, FindingCode.ConditionalAccess, "A Conditional Access policy of the tenant blocks the app.", "Ask whoever keeps Conditional Access to let this app in."),
            (_, 403) => On(SettingsField.ClientId, FindingCode.GraphPermissionMissing, "Graph does not let the app send from this mailbox.", "Under API permissions add the application permission Mail.Send of Microsoft Graph and choose Grant admin consent."),
            (_, 404) => On(SettingsField.FromEmail, FindingCode.MailboxNotFound, "Graph does not find this mailbox.", "Check From Email: it must be a user or a shared mailbox of this tenant."),
            (_, >= 500) => On(null, FindingCode.ServerBusy, "Graph cannot answer at the moment. The message may have gone all the same.", "Look whether it arrived before you try again."),
            _ => On(null, FindingCode.MessageRefused, "Graph refused the message.", "Read Graph's words below."),
        };
    }

    private static Finding On(string? field, FindingCode code, string message, string remedy) => new(code, message, remedy) { Field = field };

    private static string? ErrorCode(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                    ? code.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
