using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>A server that does as the test says, and remembers what it saw.</summary>
internal sealed partial class FakeTransport : INotificationTransport
{
    private int _open;

    public Route Route => Route.Smtp;

    /// <summary>What the server makes of each message; accepts by default.</summary>
    public Func<Arrival, SendOutcome> Answer { get; set; } = _ => new SendOutcome.Accepted("250 2.0.0 OK");

    /// <summary>Awaited before the answer.</summary>
    public Func<Arrival, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>What opening a connection ends in; it opens by default.</summary>
    public Action Opening { get; set; } = () => { };

    public ConcurrentQueue<Arrival> Arrived { get; } = new();

    public IEnumerable<string> Accepted => Arrived.Where(a => a.Outcome is SendOutcome.Accepted).Select(a => a.To);

    public int Opened { get; private set; }

    public int MostOpen { get; private set; }

    public Task<ITransportSession> OpenAsync(NotificationSettings settings, CancellationToken ct)
    {
        Opening();
        Opened++;
        MostOpen = Math.Max(MostOpen, Interlocked.Increment(ref _open));
        return Task.FromResult<ITransportSession>(new Session(this, settings));
    }

    [GeneratedRegex(@"^Message-ID: <(.+)>\r$", RegexOptions.Multiline)]
    private static partial Regex MessageId();

    internal sealed record Arrival(string To, int Recipients, string MessageId, NotificationSettings Settings)
    {
        public SendOutcome? Outcome { get; set; }
    }

    private sealed class Session(FakeTransport server, NotificationSettings settings) : ITransportSession
    {
        public bool Usable { get; private set; } = true;

        public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken ct)
        {
            var arrival = new Arrival(mail.Recipients[0], mail.Recipients.Count, MessageId().Match(Encoding.UTF8.GetString(mail.Content.Span)).Groups[1].Value, settings);
            if (!await mail.Start.WriteAsync())
            {
                return new SendOutcome.Withdrawn();
            }

            await server.Before(arrival);
            if (!mail.StillWanted())
            {
                return new SendOutcome.Withdrawn();
            }

            arrival.Outcome = server.Answer(arrival);
            server.Arrived.Enqueue(arrival);
            Usable = arrival.Outcome is not SendOutcome.InDoubt and not SendOutcome.Stopped { Kind: StopKind.Unreachable };
            return arrival.Outcome;
        }

        public Task CloseAsync(CancellationToken ct) => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref server._open);
            return ValueTask.CompletedTask;
        }
    }
}
