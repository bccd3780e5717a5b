namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>Postfix's smtp-sink: takes every message, without TLS and sign-in, and keeps each in a file with its envelope.</summary>
public sealed class MailSink(Daemon daemon, string folder, int port) : IAsyncDisposable
{
    private const string Program = "/usr/sbin/smtp-sink";

    public int Port => port;

    /// <summary>Each message as it came, headed by X-Mail-Args and X-Rcpt-Args: the envelope.</summary>
    public IReadOnlyList<string> Messages => [.. Directory.GetFiles(folder).Select(File.ReadAllText)];

    /// <summary>How many came so far.</summary>
    public int Count => Directory.EnumerateFiles(folder).Count();

    /// <summary>Until so many have come.</summary>
    public async Task ReachesAsync(int count, CancellationToken ct)
    {
        // The files tell nobody: counted again and again.
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (Count < count)
        {
            await again.WaitForNextTickAsync(ct);
        }
    }

    public static async Task<MailSink> StartAsync(string folder)
    {
        var messages = Directory.CreateDirectory(Path.Combine(folder, "sink")).FullName;
        // Started by root it works as nobody, who must be able to write there.
        Daemon.SetMode(messages, (UnixFileMode)0b111_111_111);
        string[] user = Daemon.AsRoot ? ["-u", "nobody"] : [];
        var port = Daemon.FreePort();
        return new MailSink(
            await Daemon.StartAsync(folder, port, [Daemon.Find(Program), .. user, "-d", Path.Combine(messages, "%H%M%S."), $"127.0.0.1:{port}", "100"]), messages, port);
    }

    public ValueTask DisposeAsync() => daemon.DisposeAsync();
}
