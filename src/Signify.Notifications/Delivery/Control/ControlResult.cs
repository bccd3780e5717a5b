namespace Signify.Notifications.Delivery.Control;

/// <summary>What became of a control. A closed set.</summary>
public abstract record ControlResult
{
    private ControlResult()
    {
    }

    /// <param name="Id">Of what is in force now: the mailing, or the notification; a resend of a sent one has a new number.</param>
    /// <param name="Words">What happens next, in a sentence, where that is not plain; else null.</param>
    public sealed record Done(long Id, string? Words = null) : ControlResult;

    /// <summary>This ruleset has none of that number.</summary>
    public sealed record NotFound : ControlResult;

    /// <summary>Not in its present state.</summary>
    /// <param name="Why">The reason and what to do instead, in sentences.</param>
    public sealed record NotPossible(string Why) : ControlResult;
}
