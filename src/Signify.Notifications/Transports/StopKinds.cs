using Signify.Notifications.Findings;

namespace Signify.Notifications.Transports;

public static class StopKinds
{
    public static StopKind Of(FindingCode code) => code switch { FindingCode.ConnectionRefused => StopKind.Unreachable, _ => StopKind.Configuration };
}
