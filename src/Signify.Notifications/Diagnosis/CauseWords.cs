using Signify.Notifications.Words;

namespace Signify.Notifications.Diagnosis;

/// <summary>The words of the table of causes.</summary>
internal static class CauseWords
{
    public static readonly WordFile File = new("Causes");

    /// <inheritdoc cref="WordFile.Get"/>
    public static string Get(string key, params ReadOnlySpan<(string Name, string Value)> values) => File.Get(key, values);
}
