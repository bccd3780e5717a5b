namespace Signify.Notifications.Settings;

/// <summary>The two revisions a ruleset has at a time: the one that sends and the one that waits for its check.</summary>
public sealed record SettingsOverview(SettingsRevision? Active, SettingsRevision? Draft, int NewestNumber)
{
    /// <summary>What the form shows: the draft while there is one, else what is in use.</summary>
    public SettingsRevision? Newest => Draft ?? Active;
}
