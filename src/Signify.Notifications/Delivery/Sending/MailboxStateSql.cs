using System.Data.Common;
using Signify.Notifications.Delivery.Model;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// The states of some mailboxes. As text, because it is asked hundreds of times a second and what EF does before each execution costs
/// more than the query. Times are UTC ticks.
/// </summary>
internal static class MailboxStateSql
{
    public static readonly string OnSqlite = $"{Select} WHERE b.\"Id\" IN (SELECT i.value FROM json_each(@mailboxes) i)";

    public static readonly string OnPostgreSql = $"{Select} WHERE b.\"Id\" = ANY(@mailboxes)";

    // With LIMIT, as PostgreSQL would else read the whole queue to answer for every mailbox at once. Each in the terms of its index.
    private const string Select = $"""
        SELECT b."Id", b."RulesetId", b."Epoch", b."ControlVersion", b."Hold", b."HeldAt", b."WaitUntil", b."WaitCode", b."Waits", b."PaceShare",
            b."PaceSharedAt", r."Id", r."PassedAt",
            CASE WHEN (SELECT 1 FROM "Mailings" m WHERE m."MailboxId" = b."Id" AND m."RowsFollow" LIMIT 1) IS NOT NULL
                   OR (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."ExpiresAt" IS NOT NULL AND n.{States.Waiting}
                         AND n."ExpiresAt" <= @now LIMIT 1) IS NOT NULL THEN 1 ELSE 0 END,
            CASE WHEN (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."State" = {States.Scheduled} AND n."DueAt" <= @now
                         LIMIT 1) IS NOT NULL THEN 1 ELSE 0 END,
            CASE WHEN (SELECT 1 FROM "Notifications" n WHERE n."MailboxId" = b."Id" AND n."State" = {States.Queued} AND n."Priority" = 0
                         LIMIT 1) IS NOT NULL THEN 1 ELSE 0 END,
            b."MailboxKey", r."MailboxKey",
            (SELECT MIN(o."Id") FROM "SettingsRevisions" s JOIN "Mailboxes" o ON o."RulesetId" = s."RulesetId"
             WHERE s."MailboxKey" = r."MailboxKey" AND s."State" = 'Active')
        FROM "Mailboxes" b LEFT JOIN "SettingsRevisions" r ON r."RulesetId" = b."RulesetId" AND r."State" = 'Active'
        """;

    public static MailboxState Read(DbDataReader row) => new(
        row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), Enum.Parse<Hold>(row.GetString(4)), Time(row, 5), Time(row, 6),
        row.IsDBNull(7) ? null : Enum.Parse<FindingCode>(row.GetString(7)), row.GetInt32(8), row.GetDouble(9), Time(row, 10),
        row.IsDBNull(11) ? null : row.GetGuid(11), Time(row, 12), row.GetInt32(13) == 1, row.GetInt32(14) == 1, row.GetInt32(15) == 1,
        Text(row, 16), Text(row, 17), row.IsDBNull(18) ? null : row.GetInt32(18));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
