using System.Net;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Transports.Graph;

/// <summary>Sends one message after another over Graph, each within the Timeout of the settings.</summary>
internal sealed class GraphSession(GraphMail graph, KeptTokens tokens, NotificationSettings settings, TimeProvider time) : ITransportSession
{
    /// <summary>Bytes that Graph takes in one request.</summary>
    internal const int RequestLimit = 4 * 1024 * 1024;

    private readonly Cloud _cloud = graph.CloudOf(settings);
    private ServerWords _words = new(settings.Secrets());
    private AccessToken? _lastToken;
    private bool _closed;

    // The connections are the process's own, and heal by themselves.
    public bool Usable => !_closed;

    public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (Base64Content.LengthOf(mail.Content.Length) > RequestLimit)
        {
            return new SendOutcome.Rejected(GraphFindings.TooLarge(), null);
        }

        using var bound = new CancellationTokenSource(settings.Timeout, time);
        var (outcome, again) = await TryAsync(mail, bound, ct);
        if (again)
        {
            // The token may have lost its rights meanwhile: once more with a fresh one, and no more.
            (outcome, _) = await TryAsync(mail, bound, ct);
        }

        return _words.Clean(outcome);
    }

    public Task CloseAsync(CancellationToken ct)
    {
        _closed = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return ValueTask.CompletedTask;
    }

    private async Task<(SendOutcome Outcome, bool TokenRefused)> TryAsync(OutgoingMail mail, CancellationTokenSource bound, CancellationToken ct)
    {
        using var point = new PointOfNoReturn(bound, ct);
        using var content = new Base64Content(mail.Content, point.Pass);
        // Not after the token: if Entra does not respond, that is the fault, and the result of the message before must not wait for it.
        var written = mail.Start.WriteAsync();
        try
        {
            var token = await TokenAsync(bound.Token);
            if (!await written.WaitAsync(bound.Token) || !mail.StillWanted())
            {
                return (new SendOutcome.Withdrawn(), false);
            }

            var answer = await graph.PostAsync(settings, token.Token, content, bound.Token);
            if (answer.Status == HttpStatusCode.Unauthorized)
            {
                tokens.Forget(token);
            }

            return (Meaning(answer, token.Token, point.Passed, mail.Content.Length), answer.Status == HttpStatusCode.Unauthorized);
        }
        catch (TransportUnavailableException ex)
        {
            return (new SendOutcome.Stopped(StopKinds.Of(ex.Findings[0].Code), ex.Findings[0], ex.Evidence, ex.RetryAfter), false);
        }
        catch (OperationCanceledException) when (point.CalledOff)
        {
            throw new OperationCanceledException(ct);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or OperationCanceledException)
        {
            // Not written down in time, it has not gone either.
            return (mail.Start.IsWritten ? OfBreak(ex, content.Begun, point.Passed) : new SendOutcome.Withdrawn(), false);
        }
    }

    // Asked for with every message: it is the kept one until that nears its end.
    private async Task<KeptToken> TokenAsync(CancellationToken ct)
    {
        var token = await tokens.GetAsync(settings, TokenResource.Graph, ct);
        if (!ReferenceEquals(token.Token, _lastToken))
        {
            _lastToken = token.Token;
            _words = new ServerWords([.. settings.Secrets(), token.Token.Value.Reveal()]);
        }

        return token;
    }

    private SendOutcome Meaning(GraphAnswer answer, AccessToken token, bool complete, int size) => answer.Accepted
        ? new SendOutcome.Accepted(answer.Words)
        : GraphFindings.Judge(answer, token.Claims, settings, _cloud, complete, size).ToOutcome(answer.Words);

    private SendOutcome OfBreak(Exception ex, bool begun, bool mayHaveGone)
    {
        var reason = GraphFindings.Broken(ex, _cloud, mayHaveGone);
        var words = ex is OperationCanceledException ? null : ex.Message;
        return (begun, mayHaveGone) switch
        {
            (_, true) => new SendOutcome.InDoubt(reason, words),
            // It may be this message that something on the way chokes on: the others go on.
            (true, _) => new SendOutcome.RetryLater(reason, words, null),
            _ => new SendOutcome.Stopped(StopKinds.Of(reason.Code), reason, words, null),
        };
    }
}
