namespace Signify.Notifications.Web.Access;

/// <summary>
/// The token of a one-time link is in its fragment, which browsers send to no server and no proxy's log. A script of the page posts it;
/// without JavaScript the user pastes it, alone or with the whole link.
/// </summary>
internal static class LinkCode
{
    private const string Fragment = "#token=";

    public static string AddTo(string address, string token) => address + Fragment + token;

    public static string? Read(string? pasted)
    {
        var at = pasted?.LastIndexOf(Fragment, StringComparison.Ordinal) ?? -1;
        return (at < 0 ? pasted : pasted![(at + Fragment.Length)..])?.Trim();
    }
}
