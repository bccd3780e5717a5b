using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// Statements that make history by the hundred thousand. A thousand rows are ten mailings of a hundred: one of the big mailbox, nine
/// of others. Numbers and times go up together, as they do in life; two in a hundred failed; each was tried once.
/// </summary>
/// <param name="onPostgreSql">Only the series of numbers is spelt otherwise there.</param>
/// <param name="start">When the first row was handed in, in ticks.</param>
/// <param name="step">Ticks from one row to the next.</param>
internal sealed class GrowthRows(bool onPostgreSql, long start, long step)
{
    /// <summary>Rows that make whole mailings.</summary>
    public const int Block = 1000;

    /// <summary>The number of the first notification, and of the first mailing.</summary>
    public const long First = 1_000_000;

    private const string Words = "2.0.0 OK <DB9PR01MB0001.bench@contoso.com> [Hostname=DB9PR01MB0001.eurprd01.prod.exchangelabs.com] Queued mail for delivery";

    // Every mailbox but the first, in turn.
    private static readonly string Others = $"2 + (s.i / 10 * 9 + s.i % 10 - 1) * 7 % {(GrowthRulesets.Count - 1).ToString(CultureInfo.InvariantCulture)}";

    private long _first = First;
    private string _mailbox = $"CASE WHEN s.i % 10 = 0 THEN 1 ELSE {Others} END";

    /// <summary>The oldest rows of all, and all of the big mailbox.</summary>
    public static GrowthRows Outlived(bool onPostgreSql, long at) => new(onPostgreSql, at, 0) { _first = 1, _mailbox = "1" };

    /// <param name="from">The first row, from 0; a whole number of blocks, as is <paramref name="to"/>, which is not made any more.</param>
    public IEnumerable<string> Insert(long from, long to)
    {
        var (mailings, rows) = (Series(from / 100, to / 100), Series(from, to));
        // The mailing of row i: ten in a block, by the row's last digit.
        const string Mailing = "s.i / 1000 * 10 + s.i % 10";
        var (at, mailingAt) = (Text($"{start} + s.i * {step}"), Text($"{start} + s.i / 10 * 1000 * {step}"));
        const string Failed = "s.i / 10 % 50 = 7";
        const long Minute = TimeSpan.TicksPerMinute;
        yield return Text($"""
            INSERT INTO "Mailings" ("Id", "MailboxId", "OfOne", "Name", "State", "Priority", "OnDoubt", "CreatedAt", "CreatedBy", "MessageIdSuffix", "RowsFollow",
                "Total", "Sent", "Failed", "InDoubt", "Cancelled", "Expired", "FirstSentAt", "LastSentAt")
            SELECT {_first} + s.i, {_mailbox}, FALSE, 'Payslips ' || s.i, 1, 1, 0, {mailingAt}, 'bench', '.bench@contoso.com', FALSE,
                100, 98, 2, 0, 0, 0, {mailingAt} + {Minute}, {mailingAt} + {Minute} FROM {mailings}
            """);
        yield return Text($"""
            INSERT INTO "MailingContents" ("MailingId", "Subject", "Text", "Merges")
            SELECT {_first} + s.i, '{Letter.Subject}', '{Letter.Body(1024)}', TRUE FROM {mailings}
            """);
        yield return Text($"""
            INSERT INTO "Notifications" ("Id", "MailboxId", "MailingId", "To", "ToName", "Fields", "State", "Priority", "Turn", "DueAt", "AcceptedAt", "EndedAt",
                "Attempts", "Epoch")
            SELECT {_first} + s.i, m."MailboxId", m."Id", 'person' || (s.i * 7919 % 200003) || '@contoso.com', 'Person ' || s.i, '{Letter.Fields(12345)}',
                CASE WHEN {Failed} THEN 6 ELSE 5 END, 1, s.i, {at}, {at}, {at} + {Minute}, 1, 1
            FROM {rows} JOIN "Mailings" m ON m."Id" = {_first} + {Mailing}
            """);
        yield return Text($"""
            INSERT INTO "Attempts" ("NotificationId", "Number", "StartedAt", "EndedAt", "Route", "Outcome", "Code", "Words")
            SELECT {_first} + s.i, 1, {at}, {at} + {Minute}, 0, CASE WHEN {Failed} THEN 1 ELSE 0 END,
                CASE WHEN {Failed} THEN 'RecipientRejected' END, CASE WHEN {Failed} THEN '5.1.1 User unknown' ELSE '{Words}' END FROM {rows}
            """);
    }

    private string Series(long from, long to) => onPostgreSql
        ? Text($"generate_series(CAST({from} AS bigint), CAST({to - 1} AS bigint)) AS s(i)")
        : Text($"(WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to - 1}) SELECT i FROM n) AS s");

    private static string Text(FormattableString sql) => FormattableString.Invariant(sql);
}
