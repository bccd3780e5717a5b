using Signify.Notifications.Findings;

namespace Signify.Notifications.Telemetry;

/// <summary>The keys of what stands beside a span or a measurement, and their values where these are a fixed set. Ids and codes only.</summary>
internal static class Tags
{
    public const string Ruleset = "signify.ruleset.id";
    public const string Mailbox = "signify.mailbox.id";
    public const string Mailing = "signify.mailing.id";
    public const string Notification = "signify.notification.id";
    public const string Attempt = "signify.attempt";
    public const string Route = "signify.route";
    public const string Outcome = "signify.outcome";
    public const string BatchSize = "signify.batch.size";
    public const string Accepted = "signify.accepted";
    public const string QueueState = "signify.queue.state";
    public const string Hold = "signify.hold";
    public const string StopKind = "signify.stop.kind";
    public const string TokenResource = "signify.token.resource";
    public const string SmtpCode = "signify.smtp.code";
    public const string SmtpEnhancedCode = "signify.smtp.enhanced_code";
    public const string GraphRequest = "signify.graph.request_id";
    public const string Error = "error.type";
    public const string Server = "server.address";
    public const string Port = "server.port";
    public const string HttpMethod = "http.request.method";
    public const string HttpStatus = "http.response.status_code";

    /// <summary>Of what ended without a finding: it was called off.</summary>
    public const string Cancelled = "cancelled";

    // Spelling a code makes a text, which a measurement for each message should not.
    private static readonly string[] Codes = [.. Enum.GetValues<FindingCode>().Select(code => code.ToCode())];

    public static string Of(FindingCode code) => Codes[(int)code];
}
