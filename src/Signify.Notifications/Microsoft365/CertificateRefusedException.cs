namespace Signify.Notifications.Microsoft365;

/// <summary>Carries the verdict out of a TLS library's callback, which can only say yes or no.</summary>
internal sealed class CertificateRefusedException(CertificateVerdict verdict) : Exception(verdict.Description)
{
    public CertificateVerdict Verdict { get; } = verdict;

    public static CertificateVerdict? In(Exception? exception)
    {
        for (var ex = exception; ex is not null; ex = ex.InnerException)
        {
            if (ex is CertificateRefusedException refused)
            {
                return refused.Verdict;
            }
        }

        return null;
    }
}
