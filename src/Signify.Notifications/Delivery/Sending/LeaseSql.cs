namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// Which process lives, on PostgreSQL and by its clock alone: machines need not agree on the time. A mailbox goes from one process to
/// another only when the first has released it or has not been seen for eight seconds: two that cannot see each other do not take
/// it from each other in mid-message.
/// </summary>
internal static class LeaseSql
{
    /// <summary>How long a process that is not seen counts as alive, in seconds: four missed beats.</summary>
    private const string Lease = "8";

    public const string Beat = """
        INSERT INTO "SenderProcesses" ("Id", "SeenAt") VALUES (@owner, clock_timestamp())
        ON CONFLICT ("Id") DO UPDATE SET "SeenAt" = clock_timestamp()
        """;

    public const string Leave = """DELETE FROM "SenderProcesses" WHERE "Id" = @owner OR "SeenAt" < clock_timestamp() - interval '1 day'""";

    /// <summary>
    /// One process at a time takes over rows that send from one mailbox at Microsoft, so that each sees what the other did: a statement
    /// of its own, before the one that looks. Until the transaction ends, which no connection pooler loses.
    /// </summary>
    public const string LockKey = "SELECT pg_advisory_xact_lock(hashtextextended('mailbox ' || @key, 0))";

    /// <summary>The rows that a take-over may change, in the order in which all others lock them.</summary>
    public const string LockRows = """
        SELECT 1 FROM "Mailboxes" WHERE "Id" = @mailbox OR ("MailboxKey" = @key AND "Owner" <> @owner) ORDER BY "Id" FOR UPDATE
        """;

    // It beats itself first: who takes over is alive.
    public const string TakeOver = $"""
        WITH me AS ({Beat})
        UPDATE "Mailboxes" b SET {OutboxSql.NewOwner}
        WHERE b."Id" = @mailbox AND NOT EXISTS (
            SELECT 1 FROM "Mailboxes" o JOIN "SenderProcesses" p ON p."Id" = o."Owner"
            WHERE (o."Id" = @mailbox OR o."MailboxKey" = @key) AND o."Owner" <> @owner
              AND p."SeenAt" > clock_timestamp() - interval '{Lease} seconds')
        RETURNING "Epoch"
        """;

    /// <summary>Takes the other rows away from owners that are not seen: one that was frozen must not continue with them.</summary>
    public const string Evict = """
        UPDATE "Mailboxes" SET "Epoch" = "Epoch" + 1, "Owner" = NULL WHERE "MailboxKey" = @key AND "Id" <> @mailbox AND "Owner" <> @owner
        """;

    /// <summary>Each living process with the mailboxes that it sends for; of those that share one, the first represents all.</summary>
    public const string Shares = $"""
        SELECT p."Id", COALESCE(array_agg(DISTINCT {OutboxSql.Leader}) FILTER (WHERE b."Id" IS NOT NULL), ARRAY[]::integer[])
        FROM "SenderProcesses" p LEFT JOIN "Mailboxes" b ON b."Owner" = p."Id"
        WHERE p."SeenAt" > clock_timestamp() - interval '{Lease} seconds' GROUP BY p."Id"
        """;
}
