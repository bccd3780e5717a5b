using System.Globalization;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Diagnosis;

/// <summary>Where a change may not have come through yet, waiting is part of the remedy.</summary>
internal static class Patience
{
    /// <summary>As long as a change at Microsoft may take to have effect.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <param name="failedBefore">How long ago the same was found before; null when it was not, or nobody knows.</param>
    public static Finding WithPatience(this Finding finding, TimeSpan? failedBefore = null)
    {
        if (Causes.Of(finding) is not { TakesTime: true })
        {
            return finding;
        }

        var words = failedBefore is { } ago && ago < Longest
            ? CauseWords.Get("phrase.propagation-again", ("minutes", Math.Max(1, Math.Round(ago.TotalMinutes)).ToString("0", CultureInfo.InvariantCulture)))
            : CauseWords.Get("phrase.propagation");
        return finding with { Remedy = $"{finding.Remedy} {words}" };
    }
}
