namespace Signify.Notifications.Findings;

/// <summary>The token, the host or the sign-in failed: what the library that noticed it threw, translated once. Carries what to tell the administrator.</summary>
public sealed class TransportUnavailableException : Exception
{
    public TransportUnavailableException(IReadOnlyList<Finding> findings, string? evidence = null, Exception? innerException = null)
        : base(findings.Count == 0 ? "The mail service is unavailable." : $"{findings[0].Code.ToCode()}: {findings[0].Message}", innerException)
    {
        Findings = findings;
        Evidence = evidence;
    }

    public TransportUnavailableException(Finding finding, string? evidence = null, Exception? innerException = null)
        : this([finding], evidence, innerException)
    {
    }

    /// <summary>Most likely first.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The other side's own words.</summary>
    public string? Evidence { get; }
}
