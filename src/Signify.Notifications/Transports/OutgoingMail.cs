namespace Signify.Notifications.Transports;

/// <summary>A finished message: its envelope and its bytes.</summary>
/// <param name="From">The bare address of the envelope.</param>
/// <param name="Recipients">Bare addresses: To and Cc.</param>
/// <param name="Content">Headers and body, lines ending in CRLF.</param>
/// <param name="StillWanted">Asked just before DATA and once more before the dot. False: nothing is sent, the outcome is <see cref="SendOutcome.Withdrawn"/>.</param>
public sealed record OutgoingMail(string From, IReadOnlyList<string> Recipients, ReadOnlyMemory<byte> Content, Func<bool> StillWanted)
{
    /// <summary>
    /// Completes when it is written down that the message is on its way: awaited before the end of the content goes out, so that
    /// the writing and most of the sending take place at the same time. False: another process has it, and it is broken off.
    /// </summary>
    public Task<bool> WrittenDown { get; init; } = Task.FromResult(true);
}
