namespace Signify.Notifications.Transports;

/// <summary>An open way to the server. One message at a time.</summary>
public interface ITransportSession : IAsyncDisposable
{
    /// <summary>False once it cannot send another message: the server or a limit ended it.</summary>
    bool Usable { get; }

    /// <summary>
    /// Sends one message and says what became of it; of the server's and the network's faults it throws none. Cancelled before
    /// the content is complete at the server, it throws <see cref="OperationCanceledException"/> and nothing was sent.
    /// </summary>
    Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken ct);

    /// <summary>Says good-bye (QUIT); disposing alone hangs up.</summary>
    Task CloseAsync(CancellationToken ct);
}
