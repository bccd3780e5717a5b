using System.Text.RegularExpressions;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Counts identical permanent replies in a row to different recipients: three mean that the fault is not the recipients'. Exchange
/// bars mailboxes that repeat such errors (550 5.2.251 to 5.2.255).
/// </summary>
internal sealed partial class RefusalStreak
{
    private const int Most = 3;

    private readonly HashSet<string> _recipients = new(StringComparer.OrdinalIgnoreCase);
    private string? _reply;

    public void Accepted()
    {
        lock (_recipients)
        {
            (_reply, _) = (null, _recipients.RemoveWhere(_ => true));
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
