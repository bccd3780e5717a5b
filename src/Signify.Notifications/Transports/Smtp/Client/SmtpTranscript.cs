using System.Text;
using System.Text.RegularExpressions;
using MailKit;

namespace Signify.Notifications.Transports.Smtp.Client;

/// <summary>What was said, for evidence: commands without their secrets, replies, never a message's content. Bounded.</summary>
/// <param name="withholdUntilGreeting">
/// Nothing of the server's text is recorded before a greeting with 220 (RFC 5321, 4.3.1): another service may answer, and its banner is
/// nobody's business. Of a refusal in its place the codes are recorded.
/// </param>
internal sealed partial class SmtpTranscript(bool withholdUntilGreeting) : IProtocolLogger
{
    private const int Limit = 16 * 1024;
    private const int GreetingLimit = 200;
    private const int ShortestGreeting = 4;
    private const string NoGreeting = "(no greeting of a mail server)\r\n";

    private readonly StringBuilder _lines = new();
    private readonly StringBuilder _reply = new();
    private readonly StringBuilder _unjudged = new();
    private bool _isOtherService;
    private bool _skips;

    /// <summary>No greeting with 220 has come; also an exception of this moment must not be shown.</summary>
    public bool Withholds { get; private set; } = withholdUntilGreeting;

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
        if (Withholds && !TryRelease(ref text))
        {
            return;
        }

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

    /// <param name="text">What arrived now; becomes what may be recorded.</param>
    private bool TryRelease(ref string text)
    {
        if (_isOtherService)
        {
            return false;
        }

        _unjudged.Append(text);
        text = _unjudged.ToString();
        var isLine = text.Contains('\n', StringComparison.Ordinal);
        var isGreeting = IsGreeting().IsMatch(text);
        if (!isLine && text.Length < (isGreeting ? GreetingLimit : ShortestGreeting))
        {
            return false;
        }

        (Withholds, _isOtherService) = (!isGreeting, !isGreeting);
        text = isGreeting ? text : IsRefusal().Match(text) is { Success: true } refusal ? refusal.Value + "\r\n" : NoGreeting;
        return true;
    }

    [GeneratedRegex(@"^220(?=[ \-\r\n])")]
    private static partial Regex IsGreeting();

    [GeneratedRegex(@"^[45]\d\d(?=[ \-\r\n])([ \-][45]\.\d{1,3}\.\d{1,3}(?=[ \r\n]))?")]
    private static partial Regex IsRefusal();

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
