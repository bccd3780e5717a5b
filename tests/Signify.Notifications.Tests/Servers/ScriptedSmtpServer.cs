using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Signify.Notifications.Tests.Servers;

/// <summary>A mail server at the socket that keeps to a script and remembers what it was told.</summary>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Signals<SmtpMoment> _signals = new();
    private readonly ConcurrentQueue<SmtpLine> _lines = new();
    private readonly ConcurrentQueue<SmtpLogin> _logins = new();
    private readonly ConcurrentQueue<string> _messages = new();
    private int _connections;
    private int _bareLineEnds;

    public ScriptedSmtpServer(SmtpScript script)
    {
        Script = script;
        _listener = new LoopbackListener(ServeAsync);
    }

    /// <summary>For the next connection; one under way keeps its own.</summary>
    public SmtpScript Script { get; set; }

    public int Port => _listener.Port;

    public IReadOnlyList<SmtpLine> Lines => [.. _lines];

    public IReadOnlyList<SmtpLogin> Logins => [.. _logins];

    public IReadOnlyList<string> Messages => [.. _messages];

    public int Connections => _connections;

    /// <summary>How many lines came without the CR that SMTP wants.</summary>
    public int BareLineEnds => _bareLineEnds;

    /// <summary>The verbs of the commands, in order.</summary>
    public IReadOnlyList<string> Verbs => [.. _lines.Select(l => l.Text.Split(' ')[0].ToUpperInvariant())];

    /// <summary>Ends when a client has brought the dialogue to that moment.</summary>
    public Task Reached(SmtpMoment moment) => _signals.Reached(moment);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    internal void Raise(SmtpMoment moment) => _signals.Raise(moment);

    internal void NoteLineEnd(bool bare) => Interlocked.Add(ref _bareLineEnds, bare ? 1 : 0);

    internal void Note(SmtpLine line) => _lines.Enqueue(line);

    internal void Note(SmtpLogin login) => _logins.Enqueue(login);

    internal void Note(string message) => _messages.Enqueue(message);

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        Interlocked.Increment(ref _connections);
        await using var session = new SmtpSession(this, Script, stream, stop);
        await session.RunAsync();
    }
}
