namespace Signify.Notifications.Sandbox.Faults;

public enum SmtpStage
{
    Connect,
    Ehlo,
    StartTls,
    Auth,
    MailFrom,
    RcptTo,
    Data,
    EndOfData,
}
