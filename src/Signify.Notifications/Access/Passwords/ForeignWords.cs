namespace Signify.Notifications.Access.Passwords;

/// <summary>
/// Words that common passwords consist of and that zxcvbn's lists, which are English, lack or rank low. In lower case, without accents.
/// Words of everyday sentences are not among them, so that several words in a row stay good.
/// </summary>
internal static class ForeignWords
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. """
        passwort kennwort motdepasse contrasena senha wachtwoord haslo parola passphrase benutzer administrator admin login logon signin
        willkommen bienvenue bienvenido benvenuto welkom geheim geheimnis neues
        ichliebedich liebe schatz schatzi prinzessin tequieromucho teamo jetaime
        sonnenschein sommer fruhling fruehling herbst januar februar maerz marz april juni juli august september oktober november dezember
        montag dienstag mittwoch donnerstag freitag samstag sonntag weihnachten ostern geburtstag
        fussball bayern dortmund schalke deutschland berlin andreas stefan stefanie sabine
        familie mutter vater mitarbeiter firma hrteam payroll helpdesk notification
        qwertzuiop qwertz azerty azertyuiop yxcvbnm
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Distinct(),
    ];
}
