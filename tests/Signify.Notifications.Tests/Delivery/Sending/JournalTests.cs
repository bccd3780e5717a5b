using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Findings;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

/// <summary>What was in the journal only when the program was killed is in the database after the next start.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class JournalTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 8, 30, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IReadOnlyList<FileInfo> Journals => DataFolder.Journals(_folder.Data);

    [Theory]
    [InlineData(NotificationState.Sent, null, "250 2.0.0 Ok: queued as 5F2A – naïve 日本")]
    [InlineData(NotificationState.Failed, FindingCode.LinkLost, null)]
    public void A_line_is_read_as_it_was_written(NotificationState state, FindingCode? code, string? words)
    {
        var ending = Ended(Claimed(7), state, new AttemptMade(At, Route.Graph, AttemptOutcome.Deferred, code, words)) with { DueAt = At.AddHours(1), UsesNoAttempt = true, PacedRecipients = 3 };

        var read = Assert.Single(JournalEntry.ReadAll(Bytes(12, ending, Claimed(8)), out var damaged));

        Assert.False(damaged);
        Assert.Equal(12, read.Number);
        Assert.Equal(ending with { Of = Bare(ending.Of) }, read.Ended);
        Assert.Equal(Bare(Claimed(8)), read.Next);
    }

    [Fact]
    public void However_it_is_cut_or_changed_no_line_is_read_as_another_and_those_before_it_are_read()
    {
        byte[] first = Bytes(1, null, Claimed(7)), second = Bytes(2, Ended(Claimed(7), NotificationState.Sent, null), Claimed(8));
        byte[] whole = [.. first, .. second];
        for (var length = first.Length; length < whole.Length; length++)
        {
            Assert.Equal(1, Assert.Single(JournalEntry.ReadAll(whole.AsSpan(0, length), out var damaged)).Number);
            Assert.Equal(length > first.Length, damaged);
        }

        for (var at = first.Length; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x41;
            Assert.Equal(1, Assert.Single(JournalEntry.ReadAll(changed, out var damaged)).Number);
            Assert.True(damaged);
        }

        Assert.Equal(2, JournalEntry.ReadAll([.. whole, .. new byte[4096]], out var lengthened).Count);
        Assert.False(lengthened);
    }

    [Fact]
    public async Task What_ended_is_recorded_once_and_what_had_begun_is_in_doubt()
    {
        var claimed = await ClaimAsync(4);
        Write(1, null, claimed[0]);
        Write(2, Ended(claimed[0], NotificationState.Sent, new AttemptMade(At, Route.Smtp, AttemptOutcome.Sent, null, "250 OK")), claimed[1]);

        var (rows, attempts, sent) = await StartedAsync();
        Assert.Equal([NotificationState.Sent, NotificationState.Sending, NotificationState.Claimed, NotificationState.Claimed], rows.Select(r => r.State));
        Assert.Equal([1, 1, 0, 0], rows.Select(r => r.Attempts));
        Assert.Equal("250 OK", Assert.Single(attempts).Words);
        Assert.Equal(1, sent);
        Assert.Empty(Journals);
    }

    [Fact]
    public async Task A_backup_of_a_killed_programs_folder_has_its_journal_and_one_beside_a_running_program_needs_none()
    {
        using var other = new TestFolder();
        var claimed = await ClaimAsync(2);
        Write(1, null, claimed[0]);
        Write(2, Ended(claimed[0], NotificationState.Sent, new AttemptMade(At, Route.Smtp, AttemptOutcome.Sent, null, "250 OK")), claimed[1]);

        var killed = await BackUpAsync("killed");
        using (DataFolder.Open(_folder.Data))
        {
            Assert.DoesNotContain((await BackUpAsync("running")).Files, f => f.Path.EndsWith(".journal", StringComparison.Ordinal));
        }

        await new BackupRestoring(other.Data, Path.Combine(other.Data, BackupManifest.Database)).RestoreAsync(Path.Combine(_folder.Path, "killed"), resume: false, Ct);

        Assert.Equal((2, "sending-a-1.journal"), (killed.Format, killed.Files[^1].Path));
        var (rows, attempts, sent) = await StartedAsync(other);
        Assert.Equal([NotificationState.Sent, NotificationState.Sending], rows.Select(r => r.State));
        Assert.Equal("250 OK", Assert.Single(attempts).Words);
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task Lines_that_the_database_has_are_not_put_in_again()
    {
        var claimed = await ClaimAsync(1);
        Write(1, null, claimed[0]);
        Write(2, Ended(claimed[0], NotificationState.Sent, new AttemptMade(At, Route.Smtp, AttemptOutcome.Sent, null, "250 OK")), null);
        await using (var library = await TestLibrary.StartAsync(_folder))
        {
            // Killed between the commit and the end of the file: the file is there, and its mark.
            Write(1, null, claimed[0]);
            Write(2, Ended(claimed[0], NotificationState.Sent, new AttemptMade(At, Route.Smtp, AttemptOutcome.Sent, null, "250 OK")), null);
            await using var db = library.NewContext();
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"SendJournals\" VALUES ('sending-a', 2)", Ct);
        }

        var (_, attempts, sent) = await StartedAsync();
        Assert.Single(attempts);
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task A_damaged_journal_gives_what_can_be_read_and_is_kept_and_said_so()
    {
        var claimed = await ClaimAsync(2);
        Write(1, null, claimed[0]);
        await File.AppendAllTextAsync(Path.Combine(_folder.Data, "sending-a-1.journal"), "torn", Ct);

        await using var library = await TestLibrary.StartAsync(_folder);
        await using var db = library.NewContext();
        Assert.Equal([NotificationState.Sending, NotificationState.Claimed], await db.Set<Notification>().OrderBy(n => n.Id).Select(n => n.State).ToListAsync(Ct));
        Assert.Contains(library.Logs.Lines, l => l.Contains("sending-a-1.journal is damaged behind line 1", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_folder.Data, "sending-a-1.journal.damaged")));
        Assert.Empty(Journals);
    }

    [Fact]
    public async Task While_it_runs_the_journal_is_short_and_at_its_end_there_is_none()
    {
        var (library, claimed) = await RunningAsync(300);
        await using (library)
        {
            var record = library.Get<SendRecord>();
            Ending? before = null;
            foreach (var n in claimed)
            {
                Assert.True(await record.WriteAsync(before, n, durable: false));
                before = Ended(n, NotificationState.Sent, new AttemptMade(At, Route.Smtp, AttemptOutcome.Sent, null, "250 OK"));
            }

            Assert.Single(Journals);
            await record.WriteAsync(before, null, durable: true);
            await using var db = library.NewContext();
            Assert.Equal(300, await db.Set<Notification>().CountAsync(n => n.State == NotificationState.Sent && n.Attempts == 1, Ct));
            Assert.Equal(0, Assert.Single(Journals).Length);
        }

        Assert.Empty(Journals);
    }

    [Fact]
    public async Task Nothing_begins_under_an_owner_that_is_not_one_any_more()
    {
        var (library, claimed) = await RunningAsync(2);
        await using var running = library;
        var record = library.Get<SendRecord>();
        Assert.True(await record.WriteAsync(null, claimed[0], durable: false));

        await record.OwnedAsync(1, 2);
        await library.Get<Outbox>().SweepAsync(1, 2, Ct);

        Assert.False(await record.WriteAsync(null, claimed[1], durable: false));
        await using var db = library.NewContext();
        Assert.Equal("It may have gone.", (await db.Set<Attempt>().SingleAsync(Ct)).Words![^"It may have gone.".Length..]);
    }

    public void Dispose() => _folder.Dispose();

    // A process that claims, and is gone.
    private async Task<IReadOnlyList<InHand>> ClaimAsync(int count)
    {
        var (library, claimed) = await RunningAsync(count);
        await library.DisposeAsync();
        return claimed;
    }

    /// <returns>A process that has claimed; the folder outlives it.</returns>
    private async Task<(TestLibrary Library, IReadOnlyList<InHand> Claimed)> RunningAsync(int count)
    {
        var lab = await PumpLab.StartAsync(folder: _folder);
        await lab.HandInAsync(count);
        var outbox = lab.Library.Get<Outbox>();
        await outbox.TakeOverAsync(PumpLab.MailboxId, Ct);
        return (lab.Library, await outbox.ClaimAsync(PumpLab.MailboxId, 1, count, Ct));
    }

    private async Task<(IReadOnlyList<Notification> Rows, IReadOnlyList<Attempt> Attempts, int Sent)> StartedAsync(TestFolder? folder = null)
    {
        await using var library = await TestLibrary.StartAsync(folder ?? _folder);
        await using var db = library.NewContext();
        return (await db.Set<Notification>().OrderBy(n => n.Id).ToListAsync(Ct), await db.Set<Attempt>().ToListAsync(Ct), (await db.Set<Mailing>().SingleAsync(Ct)).Sent);
    }

    private Task<BackupManifest> BackUpAsync(string name) =>
        new BackupTaking(_folder.Data, Path.Combine(_folder.Data, BackupManifest.Database), TimeProvider.System).TakeAsync(Path.Combine(_folder.Path, name), Ct);

    private void Write(long number, Ending? ended, InHand? next)
    {
        using var file = new FileStream(Path.Combine(_folder.Data, "sending-a-1.journal"), FileMode.Append);
        file.Write(Bytes(number, ended, next));
    }

    private static byte[] Bytes(long number, Ending? ended, InHand? next)
    {
        using var stream = new MemoryStream();
        JournalEntry.Write(stream, number, ended, next);
        return stream.ToArray();
    }

    private static InHand Claimed(long id) => new(id, 1, 1, 5, "anna@contoso.com", "Anna", null, "{}", Priority.Normal, id, 0, null);

    private static InHand Bare(InHand of) => new(of.Id, of.MailboxId, of.Epoch, of.MailingId, "", null, null, null, default, 0, 0, null);

    private static Ending Ended(InHand of, NotificationState state, AttemptMade? made) => new() { Of = of, State = state, At = At.AddSeconds(1), Attempt = made };
}
