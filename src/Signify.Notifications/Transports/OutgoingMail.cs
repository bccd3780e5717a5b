namespace Signify.Notifications.Transports;

/// <summary>A finished message: its envelope and its bytes.</summary>
/// <param name="From">The bare address of the envelope.</param>
/// <param name="Recipients">Bare addresses: To and Cc.</param>
/// <param name="Content">Headers and body, lines ending in CRLF.</param>
/// <param name="StillWanted">Asked just before DATA and once more before the dot. False: nothing is sent, the outcome is <see cref="SendOutcome.Withdrawn"/>.</param>
public sealed record OutgoingMail(string From, IReadOnlyList<string> Recipients, ReadOnlyMemory<byte> Content, Func<bool> StillWanted)
{
    /// <summary>
    /// Records that the message is about to be sent. The transport begins it when the server has something to do, and awaits it before
    /// the end of the content goes out. False: another process has the message, and it is broken off.
    /// </summary>
    public StartRecord Start { get; init; } = new(() => Task.FromResult(true));
}
