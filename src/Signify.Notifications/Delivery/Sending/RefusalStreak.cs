using System.Text.RegularExpressions;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Counts identical permanent replies in a row to different recipients: three mean that the fault is not the recipients'. Exchange
/// bars mailboxes that repeat such errors (550 5.2.251 to 5.2.255). Counts doubts in a row, too: a server that takes messages and
/// never says so would get each of a mailing again and again.
/// </summary>
internal sealed partial class RefusalStreak
{
    private const int Most = 3;

    private readonly HashSet<string> _recipients = new(StringComparer.OrdinalIgnoreCase);
    private string? _reply;
    private int _doubts;

    public void Accepted()
    {
        lock (_recipients)
        {
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

    [GeneratedRegex(@"^\s*(\d{3})?[ -]?([245]\.\d{1,3}\.\d{1,3})?")]
    private static partial Regex Numbers();
}
