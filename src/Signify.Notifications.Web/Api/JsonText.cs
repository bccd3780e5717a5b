namespace Signify.Notifications.Web.Api;

/// <summary>Texts in JSON that may be none.</summary>
internal static class JsonText
{
    /// <summary>Null for bytes that are no text: the parser lets them pass, and they are found when they are read.</summary>
    public static string? Readable(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
