namespace Signify.Notifications.Web.Tests.Diagnosis;

/// <summary>The causes that the sandbox does not play, each with the reason.</summary>
internal static class Unplayed
{
    public static IReadOnlyDictionary<string, string> Causes { get; } = new Dictionary<string, string>
    {
    };
}
