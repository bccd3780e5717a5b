namespace Signify.Notifications.Settings;

public enum RevisionState
{
    /// <summary>Saved, not in use: its check has not passed.</summary>
    Draft,

    /// <summary>In use. At most one in a ruleset.</summary>
    Active,

    /// <summary>Replaced by a later revision.</summary>
    Retired,
}
