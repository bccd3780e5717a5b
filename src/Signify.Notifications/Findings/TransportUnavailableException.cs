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

    /// <summary>How long the service asks to wait (<c>Retry-After</c>); null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Without the messages of the inner exceptions: libraries put the server's words there, and a server may say a secret back.</summary>
    public override string ToString()
    {
        var causes = string.Concat(Inner().Select(ex => $" ← {ex.GetType().FullName}"));
        return $"{GetType().FullName}: {Message}{causes}{Environment.NewLine}{StackTrace}";
    }

    private IEnumerable<Exception> Inner()
    {
        for (var ex = InnerException; ex is not null; ex = ex.InnerException)
        {
            yield return ex;
        }
    }
}
