namespace Signify.Notifications.Sandbox.Scenarios;

public enum ScenarioProof
{
    Check,
    TestMessage,
}
