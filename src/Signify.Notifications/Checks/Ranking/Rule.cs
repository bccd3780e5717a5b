using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Checks.Ranking;

/// <summary>When something was found that several causes explain: this one does, if the evidence is so.</summary>
/// <param name="Of">What was found.</param>
/// <param name="Weight">The heavier stands before the lighter.</param>
internal sealed record Rule(Cause[] Of, Cause Cause, int Weight, Certainty Certainty, Func<Evidence, bool> When)
{
    public bool Explains(Cause found, Evidence evidence) => Of.Contains(found) && When(evidence);
}
