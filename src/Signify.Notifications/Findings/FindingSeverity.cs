namespace Signify.Notifications.Findings;

/// <summary>An error keeps a revision from becoming active; a warning does not.</summary>
public enum FindingSeverity
{
    Error,
    Warning,
}
