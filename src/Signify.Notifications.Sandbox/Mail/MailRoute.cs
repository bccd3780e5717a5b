namespace Signify.Notifications.Sandbox.Mail;

public enum MailRoute
{
    Smtp,
    Graph,
}
