namespace Signify.Notifications.Telemetry;

/// <summary>What the program's spans are called; docs/telemetry.md says what each means.</summary>
public static class SpanNames
{
    public const string HandIn = "hand_in";
    public const string Batch = "batch";
    public const string Message = "message";
    public const string Session = "session";
    public const string SmtpConnect = "smtp.connect";
    public const string SmtpStartTls = "smtp.starttls";
    public const string SmtpSignIn = "smtp.sign_in";
    public const string SmtpSubmit = "smtp.submit";
    public const string GraphSendMail = "graph.send_mail";
    public const string Token = "entra.token";

    public static IReadOnlyList<string> All { get; } =
        [HandIn, Batch, Message, Session, SmtpConnect, SmtpStartTls, SmtpSignIn, SmtpSubmit, GraphSendMail, Token];
}
