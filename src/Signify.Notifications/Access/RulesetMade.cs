namespace Signify.Notifications.Access;

/// <summary>What became of the wish for a ruleset, or for another name of one.</summary>
public abstract record RulesetMade
{
    private RulesetMade()
    {
    }

    public sealed record Done(Guid Id, string Name) : RulesetMade;

    /// <param name="Fault">What is wrong with the name, for its field.</param>
    public sealed record Refused(string Fault) : RulesetMade;
}
