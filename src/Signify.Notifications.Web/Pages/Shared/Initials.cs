namespace Signify.Notifications.Web.Pages;

/// <summary>Two letters for the avatar: of "adele.vance@contoso.com" AV, of "someone" SO.</summary>
public static class Initials
{
    private static readonly char[] Between = ['.', '-', '_', ' ', '+'];

    public static string Of(string name)
    {
        var words = name.Split('@')[0].Split(Between, StringSplitOptions.RemoveEmptyEntries);
        var letters = words switch
        {
            [] => "?",
            [var only] => only[..Math.Min(2, only.Length)],
            [var first, .., var last] => $"{first[0]}{last[0]}",
        };
        return letters.ToUpperInvariant();
    }
}
