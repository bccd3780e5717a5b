using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>Puts what a process that was killed had written into its journal only into the database, before anything is sent or shown.</summary>
internal sealed partial class JournalReplay(DataFolder folder, IDbContextFactory<NotificationsDbContext> contexts, ILogger<JournalReplay> logger) : IDatabaseStep
{
    public async Task RunAsync(NotificationsDbContext db, CancellationToken ct)
    {
        if (!folder.Holds(db))
        {
            return;
        }

        await db.Database.ExecuteSqlRawAsync(SendJournal.Table, ct);
        try
        {
            foreach (var journal in DataFolder.Journals(folder.Path).GroupBy(f => f.Name[..f.Name.LastIndexOf('-')]))
            {
                await ReplayAsync(db, journal.Key, [.. journal.OrderBy(NumberOf)], ct);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The journal of what was on its way (sending-….journal in {folder.Path}) cannot be read or cleared. Give this account read and write access to it: without it, messages that were sent would be sent again.", ex);
        }

        // Their files are gone: nobody asks any more.
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "SendJournals" """, ct);
    }

    private async Task ReplayAsync(NotificationsDbContext db, string name, IReadOnlyList<FileInfo> files, CancellationToken ct)
    {
        var applied = await db.Database.SqlQuery<long>($"""SELECT "Applied" AS "Value" FROM "SendJournals" WHERE "Name" = {name}""").SingleOrDefaultAsync(ct);
        var lines = new List<SendRecord.Line>();
        var whole = true;
        foreach (var file in files)
        {
            var entries = JournalEntry.ReadAll(await File.ReadAllBytesAsync(file.FullName, ct), out var damaged);
            lines.AddRange(entries.Where(e => e.Number > applied).Select(e => new SendRecord.Line(e.Ended, e.Next, durable: true) { Number = e.Number }));
            if (damaged)
            {
                whole = false;
                LogDamaged(file.FullName, entries.Count);
            }
        }

        if (lines.Count > 0)
        {
            await using var connection = await IRecordConnection.OpenAsync(contexts, name);
            await connection.CommitAsync(lines);
            LogReplayed(lines.Count);
        }

        foreach (var file in files)
        {
            if (whole)
            {
                file.Delete();
            }
            else
            {
                file.MoveTo(file.FullName + ".damaged", overwrite: true);
            }
        }
    }

    private static int NumberOf(FileInfo file) =>
        int.TryParse(file.Name.AsSpan()[(file.Name.LastIndexOf('-') + 1)..^".journal".Length], CultureInfo.InvariantCulture, out var number) ? number : 0;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The program had been killed while it sent: {Count} lines of its journal were put into the database.")]
    private partial void LogReplayed(int count);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{File} is damaged behind line {Count}, as after a power cut or a fault of the disk; it is kept as .damaged. Messages whose outcome stood there are in doubt or are sent again.")]
    private partial void LogDamaged(string file, int count);
}
