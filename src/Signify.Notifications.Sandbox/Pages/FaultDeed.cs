namespace Signify.Notifications.Sandbox.Pages;

public enum FaultDeed
{
    Answer,

    /// <summary>The usual answer, after the delay.</summary>
    Wait,
    HangUp,
    SayNothing,
}
