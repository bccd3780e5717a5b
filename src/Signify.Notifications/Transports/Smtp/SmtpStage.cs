namespace Signify.Notifications.Transports.Smtp;

/// <summary>Where in the dialogue a reply came: the same code means different things at different stages.</summary>
public enum SmtpStage
{
    Greeting,
    StartTls,
    SignIn,
    Sender,
    Recipient,
    Content,
}
