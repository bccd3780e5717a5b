using System.Text;
using MailKit;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>What was said, for evidence: commands without their secrets, replies, never a message's content. Bounded.</summary>
internal sealed class SmtpTranscript : IProtocolLogger
{
    private const int Limit = 16 * 1024;
    private const int GreetingLimit = 200;

    private readonly StringBuilder _lines = new();
    private readonly StringBuilder _reply = new();
    private bool _skips;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>All lines of the server's last reply, as on the wire; "" before the first.</summary>
    public string LastReply => _reply.ToString().Trim();

    /// <summary>The first line that the server ever said, cut to what a greeting needs; "" before.</summary>
    public string Greeting { get; private set; } = "";

    public override string ToString() => _lines.ToString().Trim();

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _reply.Clear();
        if (_lines.Length < Limit)
        {
            Add("C: ", Masked(buffer, offset, count));
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (_skips)
        {
            _skips = false;
            return;
        }

        var text = Encoding.Latin1.GetString(buffer, offset, Math.Min(count, Limit));
        if (Greeting.Length == 0)
        {
            var line = text.TrimStart().Split('\n')[0].TrimEnd();
            Greeting = line.Length > GreetingLimit ? line[..GreetingLimit] : line;
        }

        Hear(text);
    }

    /// <summary>A command that holds no secret.</summary>
    public void Said(string command)
    {
        _reply.Clear();
        Add("C: ", command);
    }

    /// <summary>Of the content nothing is kept.</summary>
    public void ContentBegins() => _reply.Clear();

    /// <summary>Of several replies the last one counts.</summary>
    public void NextReply() => _reply.Clear();

    /// <summary>A line, or the beginning of one that never ended.</summary>
    public void Heard(ReadOnlySpan<byte> line) => Hear(Encoding.Latin1.GetString(line[..Math.Min(line.Length, Limit)]));

    /// <summary>The next greeting is no server's: see <see cref="SecuredStream"/>.</summary>
    public void SkipGreeting()
    {
        _skips = true;
        _reply.Clear();
    }

    public void Dispose()
    {
    }

    private void Hear(string text)
    {
        if (_reply.Length < Limit)
        {
            _reply.Append(text);
        }

        Add("S: ", text);
    }

    private string Masked(byte[] buffer, int offset, int count)
    {
        var text = Encoding.UTF8.GetString(buffer, offset, Math.Min(count, Limit));
        return AuthenticationSecretDetector?.DetectSecrets(buffer, offset, count) is { Count: > 0 } secrets
            ? string.Concat(text.AsSpan(0, Math.Max(0, secrets[0].StartIndex - offset)), "***\r\n")
            : text;
    }

    private void Add(string who, string text)
    {
        if (_lines.Length >= Limit)
        {
            return;
        }

        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            _lines.Append(who).Append(line).Append('\n');
        }
    }
}
