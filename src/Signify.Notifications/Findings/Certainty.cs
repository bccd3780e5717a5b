namespace Signify.Notifications.Findings;

/// <summary>How sure it is that a finding names the cause.</summary>
public enum Certainty
{
    /// <summary>The other side's own words, or a fact of this machine: nothing else it can be.</summary>
    Certain,

    /// <summary>The evidence fits this cause best; another is possible.</summary>
    Likely,

    /// <summary>Cannot be told apart from outside: the finding says what would.</summary>
    Possible,
}
