namespace Signify.Notifications.Settings;

/// <summary>What became of a Save.</summary>
public abstract record SaveResult
{
    private SaveResult()
    {
    }

    public sealed record Saved(SettingsRevision Revision) : SaveResult;

    /// <summary>Somebody saved since the form was opened. Nothing was stored; <paramref name="TheirChanges"/> is what they changed.</summary>
    /// <param name="Newest">Null when there is none: the database was set up anew.</param>
    public sealed record Overtaken(SettingsRevision? Newest, IReadOnlyList<SettingsChange> TheirChanges) : SaveResult;
}
