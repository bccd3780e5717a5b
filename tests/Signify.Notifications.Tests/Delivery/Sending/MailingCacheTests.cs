using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Delivery.Sending;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class MailingCacheTests
{
    private const int Megabyte = 1024 * 1024;

    private readonly MailingCache _cache = new(Options.Create(new DispatchOptions { CachedMailingMegabytes = 4 }));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_all_senders_of_a_process_retain_stays_below_the_limit_in_bytes()
    {
        await using var lab = await PumpLab.StartAsync();
        var ids = await AddAsync(lab, count: 12, attachmentBytes: Megabyte);
        using var first = Mails(lab);
        using var second = Mails(lab);

        var loaded = await LoadAsync([first, second], ids);
        GC.Collect();

        var retained = loaded.Where(m => m.Mail.TryGetTarget(out _)).Sum(m => m.Bytes);
        Assert.InRange(retained, 2 * Megabyte, 4 * Megabyte);
        Assert.Equal(retained, _cache.Bytes);
        first.Dispose();
        second.Dispose();
        Assert.Equal(0, _cache.Bytes);
    }

    [Fact]
    public async Task The_least_recently_used_mailing_goes_first()
    {
        await using var lab = await PumpLab.StartAsync();
        var ids = await AddAsync(lab, count: 3, attachmentBytes: 5 * Megabyte / 4);
        using var mails = Mails(lab);
        var (a, b) = (await mails.FindAsync(ids[0], Ct), await mails.FindAsync(ids[1], Ct));

        await mails.FindAsync(ids[0], Ct);
        await mails.FindAsync(ids[2], Ct);

        Assert.Same(a, await mails.FindAsync(ids[0], Ct));
        Assert.NotSame(b, await mails.FindAsync(ids[1], Ct));
    }

    [Fact]
    public async Task A_mailing_larger_than_the_limit_is_prepared_once_for_its_recipients()
    {
        await using var lab = await PumpLab.StartAsync();
        var ids = await AddAsync(lab, count: 2, attachmentBytes: 8 * Megabyte);
        using var mails = Mails(lab);

        var large = await mails.FindAsync(ids[0], Ct);

        Assert.Same(large, await mails.FindAsync(ids[0], Ct));
        await mails.FindAsync(ids[1], Ct);
        Assert.InRange(_cache.Bytes, 8 * Megabyte, 12 * Megabyte);
    }

    [Fact]
    public async Task Single_notifications_are_not_cached()
    {
        await using var lab = await PumpLab.StartAsync();
        var ids = await AddAsync(lab, count: 3, attachmentBytes: Megabyte / 4, ofOne: true);
        using var mails = Mails(lab);

        Assert.All(await LoadAsync([mails], ids), m => Assert.True(m.Bytes > Megabyte / 4));

        Assert.Equal(0, _cache.Bytes);
    }

    [Fact]
    public async Task Many_threads_share_it_and_the_bytes_add_up()
    {
        await using var lab = await PumpLab.StartAsync();
        var ids = await AddAsync(lab, count: 8, attachmentBytes: Megabyte);
        var senders = Enumerable.Range(0, 4).Select(_ => Mails(lab)).ToList();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200), Ct, async (n, ct) => Assert.NotNull(await senders[n % 4].FindAsync(ids[n % 8], ct)));
        Assert.InRange(_cache.Bytes, 1, 4 * Megabyte);

        senders.ForEach(s => s.Dispose());
        Assert.Equal(0, _cache.Bytes);
    }

    [Theory]
    [InlineData(null, "Mon, 23 Nov 2026 08:00:00 +0000")]
    [InlineData("2026-12-01T07:30:00Z", "Tue, 01 Dec 2026 07:30:00 +0000")]
    [InlineData("2026-11-01T07:30:00Z", "Mon, 23 Nov 2026 08:00:00 +0000")]
    public async Task The_date_is_when_a_message_was_ready_to_go_and_the_same_at_each_attempt(string? notBefore, string expected)
    {
        await using var lab = await PumpLab.StartAsync();
        DateTimeOffset? due = notBefore is null ? null : DateTimeOffset.Parse(notBefore, System.Globalization.CultureInfo.InvariantCulture);
        var id = (await AddAsync(lab, count: 1, attachmentBytes: 1, notBefore: due))[0];
        var n = new InHand(7, PumpLab.MailboxId, 1, id, "anna@contoso.com", null, null, null, Priority.Normal, 1, 0, null);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var mails = Mails(lab);
            var message = System.Text.Encoding.ASCII.GetString((await mails.FindAsync(id, Ct))!.Compose(n, () => true, Ct).Content.Span);
            Assert.Contains($"Date: {expected}\r\n", message, StringComparison.Ordinal);
            Assert.Contains("Message-ID: <7.test@contoso.com>", message, StringComparison.Ordinal);
        }
    }

    private MailingMails Mails(PumpLab lab) => new(lab.Parts.Contexts, _cache, "hr@contoso.com", null);

    // Apart, so that nothing on the test's stack holds what it asks about.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<List<(WeakReference<MailingMail> Mail, long Bytes)>> LoadAsync(
        MailingMails[] senders, IReadOnlyList<long> ids)
    {
        var loaded = new List<(WeakReference<MailingMail>, long)>();
        for (var i = 0; i < ids.Count; i++)
        {
            var mail = Assert.IsType<MailingMail>(await senders[i % senders.Length].FindAsync(ids[i], Ct));
            loaded.Add((new WeakReference<MailingMail>(mail), mail.Bytes));
        }

        return loaded;
    }

    private static async Task<IReadOnlyList<long>> AddAsync(
        PumpLab lab, int count, int attachmentBytes, bool ofOne = false, DateTimeOffset? notBefore = null)
    {
        var ids = new List<long>();
        await using var db = lab.Library.NewContext();
        for (var i = 0; i < count; i++)
        {
            var mailing = new Mailing
            {
                MailboxId = PumpLab.MailboxId,
                OfOne = ofOne,
                Name = "Payslips",
                State = MailingState.Active,
                Priority = Priority.Normal,
                OnDoubt = OnDoubt.Resend,
                CreatedAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
                NotBefore = notBefore,
                CreatedBy = "ada",
                MessageIdSuffix = ".test@contoso.com",
                Total = 1,
            };
            db.Add(mailing);
            await db.SaveChangesAsync(Ct);
            db.Add(new MailingContent { MailingId = mailing.Id, Subject = "Your payslip", Text = "It is ready.", Merges = false });
            var content = new byte[attachmentBytes];
            db.Add(new MailingAttachment
            {
                MailingId = mailing.Id,
                Number = 1,
                Name = "a.pdf",
                ContentType = "application/pdf",
                Content = content
            });
            await db.SaveChangesAsync(Ct);
            ids.Add(mailing.Id);
        }

        return ids;
    }
}
