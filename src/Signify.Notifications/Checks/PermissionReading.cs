using Signify.Notifications.Microsoft365;

namespace Signify.Notifications.Checks;

/// <summary>
/// What the tokens say of the app's permissions. Absence proves no refusal: both rights can be given inside Exchange, which the
/// token does not show. Only a trial does.
/// </summary>
internal sealed record PermissionReading(TokenClaims? Exchange, TokenClaims? Graph, bool GraphProved)
{
    public const string SmtpRole = "SMTP.SendAsApp";
    public const string MailRole = "Mail.Send";

    public bool Smtp => Exchange?.Has(SmtpRole) ?? false;

    public bool GraphMail => GraphProved || (Graph?.Has(MailRole) ?? false);

    /// <summary>Mail.Send of the Exchange resource: another permission of the same name, useless for SMTP.</summary>
    public bool WrongMailSend => !Smtp && (Exchange?.Has(MailRole) ?? false);

    public string Summary => CheckWords.Permissions(Word(Exchange, Smtp), Graph?.Has(MailRole) != true && GraphProved ? CheckWords.PermissionProved() : Word(Graph, GraphMail));

    private static string Word(TokenClaims? claims, bool granted) =>
        claims is null ? CheckWords.PermissionUnknown() : granted ? CheckWords.PermissionGranted() : CheckWords.PermissionNotInEntra();
}
