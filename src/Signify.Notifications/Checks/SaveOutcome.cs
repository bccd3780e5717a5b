using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>What became of a click on Save.</summary>
public abstract record SaveOutcome(FieldReport Fields)
{
    /// <summary>A field is wrong. Nothing was stored.</summary>
    public sealed record Refused(FieldReport Fields) : SaveOutcome(Fields);

    /// <summary>Somebody else saved in the meantime. Nothing was stored.</summary>
    /// <param name="Newest">Null when there is none: the database was set up anew.</param>
    public sealed record Overtaken(FieldReport Fields, SettingsRevision? Newest, IReadOnlyList<SettingsChange> TheirChanges) : SaveOutcome(Fields);

    /// <summary>Stored as a draft; its check runs.</summary>
    public sealed record Checking(FieldReport Fields, SettingsRevision Draft, CheckProgress Check) : SaveOutcome(Fields);
}
