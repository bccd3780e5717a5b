namespace Signify.Notifications.Benchmarks;

/// <param name="Sent">Messages recorded as sent in the window.</param>
/// <param name="Share">Of what the limits allow all mailboxes together.</param>
/// <param name="LowestShare">Of the mailbox that sent least.</param>
/// <param name="MostInMinute">The most that any mailbox sent in 60 seconds.</param>
/// <param name="NotSent">Attempts with another outcome.</param>
internal sealed record MailboxesResult(string Database, int Mailboxes, MailboxesSample Sample, int Sent, double Share, double LowestShare, int MostInMinute, int NotSent);
