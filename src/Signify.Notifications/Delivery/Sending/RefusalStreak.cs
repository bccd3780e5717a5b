using System.Text.RegularExpressions;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Counts identical permanent replies in a row to different recipients: three mean that the fault is not the recipients'. Exchange
/// bars mailboxes that repeat such errors (550 5.2.251 to 5.2.255). Counts doubts in a row, too: a server that takes messages and
/// never says so would get each of a mailing again and again.
/// </summary>
/// <remarks>
/// Unknown recipients are the list's: leavers of a payroll list may follow one another. They count by mailing, and only when there
/// are ten of them and they are half of the recipients that the server answered for: then the list or the route is wrong.
/// </remarks>
internal sealed partial class RefusalStreak
{
    private const int Most = 3;

    private const int LeastUnknown = 10;

    // Single notifications have no end: old answers fade, or a million accepted ones would hide a fault of today.
    private const int SinglesWindow = 100;

    // A sender works on few mailings at a time; the oldest counts are dropped.
    private const int MostMailings = 50;

    private readonly OrderedDictionary<long, Answers> _mailings = [];
    private readonly HashSet<string> _recipients = new(StringComparer.OrdinalIgnoreCase);
    private string? _reply;
    private int _doubts;

    /// <param name="mailing">Null for a single notification: all of them count together.</param>
    public void Accepted(long? mailing)
    {
        lock (_recipients)
        {
            Count(mailing);
            (_reply, _doubts) = (null, 0);
            _recipients.Clear();
        }
    }

    /// <returns>Whether the road is to blame, and the mailbox better waits.</returns>
    public bool Doubted()
    {
        lock (_recipients)
        {
            return ++_doubts >= Most;
        }
    }

    /// <param name="mailing">Null for a single notification: all of them count together.</param>
    /// <returns>The unknown recipients when they are too many, otherwise null. Counting then starts again.</returns>
    public IReadOnlyList<string>? Unknown(long? mailing, string recipient)
    {
        lock (_recipients)
        {
            _doubts = 0;
            var answers = Count(mailing);
            if (!answers.Unknown.Contains(recipient, StringComparer.OrdinalIgnoreCase))
            {
                answers.Unknown.Add(recipient);
            }

            if (answers.Unknown.Count < LeastUnknown || answers.Unknown.Count * 2 < answers.Total)
            {
                return null;
            }

            _mailings.Remove(mailing ?? 0);
            return answers.Unknown.TakeLast(LeastUnknown).ToList();
        }
    }

    private Answers Count(long? mailing)
    {
        if (!_mailings.TryGetValue(mailing ?? 0, out var answers))
        {
            if (_mailings.Count == MostMailings)
            {
                _mailings.RemoveAt(0);
            }

            _mailings.Add(mailing ?? 0, answers = new Answers());
        }

        if (++answers.Total >= SinglesWindow && mailing is null)
        {
            answers.Total /= 2;
            answers.Unknown.RemoveRange(0, answers.Unknown.Count / 2);
        }

        return answers;
    }

    /// <returns>Whether this one makes the streak complete.</returns>
    public bool Refused(FindingCode code, string? words, string recipient)
    {
        // Refused by this program itself: no server counts it.
        if (words is null)
        {
            return false;
        }

        lock (_recipients)
        {
            _doubts = 0;
            var reply = $"{code} {Numbers().Match(words).Value}";
            if (reply != _reply)
            {
                _reply = reply;
                _recipients.Clear();
            }

            return _recipients.Add(recipient) && _recipients.Count >= Most;
        }
    }

    private sealed class Answers
    {
        public int Total { get; set; }

        public List<string> Unknown { get; } = [];
    }

    [GeneratedRegex(@"^\s*(\d{3})?[ -]?([245]\.\d{1,3}\.\d{1,3})?")]
    private static partial Regex Numbers();
}
