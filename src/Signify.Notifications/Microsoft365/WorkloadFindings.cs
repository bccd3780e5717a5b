using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Microsoft365;

/// <summary>What goes wrong with the host's own identity, as entries of the table of causes.</summary>
internal static class WorkloadFindings
{
    public static Finding NotOffered(string why) => Causes.WorkloadNotOffered.Told(("why", why));

    public static Finding NotGiven(string source) => Causes.WorkloadNotGiven.Told(("source", source));
}
