namespace Signify.Notifications.Checks;

/// <summary>Waiting and Running appear only while the check runs.</summary>
public enum StepState
{
    Waiting,
    Running,
    Passed,
    Warning,
    Failed,
    Skipped,
}
