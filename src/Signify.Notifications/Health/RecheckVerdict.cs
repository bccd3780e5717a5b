using Signify.Notifications.Findings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Health;

/// <summary>Whether a failed check says something about the settings.</summary>
internal static class RecheckVerdict
{
    /// <summary>A server that is busy, away or slow mends itself in most cases: people are told when it is so at the next look too.</summary>
    public static bool IsWorthTelling(FindingCode code, int failuresInARow) =>
        failuresInARow > 1 || StopKinds.Of(code) is StopKind.Configuration or StopKind.Blocked;
}
