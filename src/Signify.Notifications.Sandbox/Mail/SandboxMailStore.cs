namespace Signify.Notifications.Sandbox.Mail;

/// <summary>What arrived, in memory; the oldest give way.</summary>
public sealed class SandboxMailStore(TimeProvider time)
{
    private const int Kept = 20_000;
    private const long KeptBytes = 256L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<SandboxMessage> _messages = [];
    private readonly Dictionary<long, SandboxMessage> _byId = [];
    private long _bytes;
    private long _lastId;

    /// <summary>Raised on the connection's own task, after the message is to be found here.</summary>
    public event Action<SandboxMessage>? Arrived;

    /// <summary>How many arrived since the start, kept or not.</summary>
    public long Total => Interlocked.Read(ref _lastId);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count;
            }
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<SandboxMessage> Newest(int count)
    {
        lock (_gate)
        {
            return [.. _messages.Skip(Math.Max(0, _messages.Count - count)).Reverse()];
        }
    }

    public SandboxMessage? Find(long id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
            _byId.Clear();
            _bytes = 0;
        }
    }

    /// <summary>The first message that fits, already here or yet to come.</summary>
    public async Task<SandboxMessage> WaitForAsync(Func<SandboxMessage, bool> fits, CancellationToken ct)
    {
        var found = new TaskCompletionSource<SandboxMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(SandboxMessage message)
        {
            if (fits(message))
            {
                found.TrySetResult(message);
            }
        }

        Arrived += Look;
        try
        {
            return Newest(Kept).FirstOrDefault(fits) ?? await found.Task.WaitAsync(ct);
        }
        finally
        {
            Arrived -= Look;
        }
    }

    internal SandboxMessage Add(MailRoute route, string mailbox, string from, IReadOnlyList<string> to, ReadOnlyMemory<byte> source)
    {
        var message = new SandboxMessage
        {
            Id = Interlocked.Increment(ref _lastId),
            ReceivedAt = time.GetUtcNow(),
            Route = route,
            Mailbox = mailbox,
            From = from,
            To = to,
            Headers = MessageHeaders.Read(source),
            Source = source,
        };
        Keep(message);
        Arrived?.Invoke(message);
        return message;
    }

    private void Keep(SandboxMessage message)
    {
        lock (_gate)
        {
            _messages.Enqueue(message);
            _byId[message.Id] = message;
            _bytes += message.Source.Length;
            while (_messages.Count > Kept || (_bytes > KeptBytes && _messages.Count > 1))
            {
                var oldest = _messages.Dequeue();
                _byId.Remove(oldest.Id);
                _bytes -= oldest.Source.Length;
            }
        }
    }
}
