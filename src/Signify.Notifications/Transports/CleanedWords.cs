using Signify.Notifications.Findings;

namespace Signify.Notifications.Transports;

/// <summary>Takes secrets out of what a server said, before it leaves the transport.</summary>
internal static class CleanedWords
{
    public static TransportUnavailableException Clean(this ServerWords words, TransportUnavailableException ex) =>
        new([.. ex.Findings.Select(words.Clean)], words.CleanOrNull(ex.Evidence), ex) { RetryAfter = ex.RetryAfter };

    public static SendOutcome Clean(this ServerWords words, SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted o => new SendOutcome.Accepted(words.Clean(o.Receipt)),
        SendOutcome.Rejected o => new SendOutcome.Rejected(words.Clean(o.Reason), words.CleanOrNull(o.Words)),
        SendOutcome.RetryLater o => o with { Reason = words.Clean(o.Reason), Words = words.CleanOrNull(o.Words) },
        SendOutcome.InDoubt o => o with { Reason = words.Clean(o.Reason), Words = words.CleanOrNull(o.Words) },
        SendOutcome.Stopped o => o with { Reason = words.Clean(o.Reason), Words = words.CleanOrNull(o.Words) },
        _ => outcome,
    };

    private static string? CleanOrNull(this ServerWords words, string? said) => said is null ? null : words.Clean(said);
}
