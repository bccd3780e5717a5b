using Signify.Notifications.Findings;

namespace Signify.Notifications.Microsoft365;

/// <summary>What became of the try to go on with the standby secret.</summary>
public abstract record StandbyOutcome
{
    private StandbyOutcome()
    {
    }

    /// <summary>The revision in charge has the standby as its client secret, whoever put it there.</summary>
    public sealed record TookOver : StandbyOutcome;

    /// <summary>There is no standby, or the fault is none of the secret's.</summary>
    public sealed record NotCalledFor : StandbyOutcome;

    /// <summary>The standby got no token either; everything stays as it was.</summary>
    /// <param name="After">How long the token service asks to wait; null when it does not say.</param>
    public sealed record Failed(Finding Reason, string? Words, TimeSpan? After = null) : StandbyOutcome;
}
