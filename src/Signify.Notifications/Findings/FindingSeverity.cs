namespace Signify.Notifications.Findings;

/// <summary>An error keeps a revision from becoming active; a warning does not; advice takes nothing from a check that passed.</summary>
public enum FindingSeverity
{
    Error,
    Warning,

    /// <summary>Nothing is wrong, and something could be better.</summary>
    Advice,
}
