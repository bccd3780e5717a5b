using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Tests.Delivery.HandIn.HandInLab;

namespace Signify.Notifications.Tests.Delivery.HandIn;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class IdempotencyTests : IAsyncLifetime
{
    private HandInLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await HandInLab.StartAsync(("HandIn:KeepKeysDays", "2"));

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task The_same_key_and_notification_get_the_first_answer_again()
    {
        var first = (HandInOutcome.NotificationQueued)await _lab.HandInAsync(Message(), key: "k");
        var again = await _lab.HandInAsync(Message(), key: "k");

        Assert.Equal(first with { Replayed = true }, again);
        Assert.False(first.Replayed);
        Assert.Single(await _lab.MailingsAsync());
    }

    [Fact]
    public async Task The_same_key_and_mailing_get_the_first_answer_again_with_those_left_out()
    {
        NewRecipient[] people = [new(1, "a@contoso.com"), new(2, "nobody"), new(3, "c@contoso.com")];

        var first = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), people, key: "k");
        var again = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), people, key: "k");

        Assert.Equal((first.MailingId, 2, 1L, true), (again.MailingId, again.Accepted, again.RejectedTotal, again.Replayed));
        Assert.Equal(first.Rejected, again.Rejected);
        Assert.Single(await _lab.MailingsAsync());
    }

    public static TheoryData<NewNotification> Others => new(
        Message() with { To = "b@contoso.com" },
        Message() with { Cc = ["b@contoso.com"] },
        Message() with { Subject = "Other" },
        Message() with { Text = null, Html = "Text" },
        Message() with { Attachments = [new NewAttachment("a.txt", null, new byte[] { 1 })] },
        Message() with { Priority = Priority.Urgent },
        Message() with { OnDoubt = OnDoubt.Hold },
        Message() with { NotBefore = DateTimeOffset.UnixEpoch });

    [Theory]
    [MemberData(nameof(Others))]
    public async Task The_same_key_with_anything_else_in_it_is_refused(NewNotification other)
    {
        await _lab.HandInAsync(Message(), key: "k");

        Assert.IsType<HandInOutcome.KeyReused>(await _lab.HandInAsync(other, key: "k"));
        Assert.IsType<HandInOutcome.KeyReused>(await _lab.HandInAsync(Head(), People(1), key: "k"));
        Assert.Single(await _lab.MailingsAsync());
    }

    [Fact]
    public async Task The_same_key_with_one_recipient_more_is_refused()
    {
        await _lab.HandInAsync(Head(), People(2), key: "k");

        Assert.IsType<HandInOutcome.KeyReused>(await _lab.HandInAsync(Head(), People(3), key: "k"));
    }

    [Fact]
    public async Task A_key_under_way_is_busy_and_free_again_when_its_stream_broke()
    {
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<NewRecipient> Stream()
        {
            foreach (var person in People(3000))
            {
                yield return person;
            }

            reading.SetResult();
            await broken.Task;
        }

        var first = _lab.Queue.HandInAsync(Caller("k"), Head(), Stream(), Ct);
        await reading.Task;
        Assert.IsType<HandInOutcome.KeyBusy>(await _lab.HandInAsync(Head(), People(3000), key: "k"));
        broken.SetException(new IOException("The client left."));
        await Assert.ThrowsAsync<IOException>(() => first);

        var second = Assert.IsType<HandInOutcome.MailingQueued>(await _lab.HandInAsync(Head(), People(3000), key: "k"));
        Assert.False(second.Replayed);
        Assert.Equal([second.MailingId], (await _lab.MailingsAsync()).Where(m => m.State == MailingState.Active).Select(m => m.Id));
    }

    [Fact]
    public async Task Of_many_at_once_with_one_key_one_is_queued()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => _lab.HandInAsync(Message(), key: "k"))));

        Assert.Single(await _lab.MailingsAsync());
        Assert.Single(outcomes, o => o is HandInOutcome.NotificationQueued { Replayed: false });
        Assert.DoesNotContain(outcomes, o => o is not (HandInOutcome.KeyBusy or HandInOutcome.NotificationQueued));
    }

    [Fact]
    public async Task Of_two_processes_with_one_key_the_slower_gets_the_fasters_answer()
    {
        NewRecipient[] people = [.. People(3)];
        async IAsyncEnumerable<NewRecipient> Overtaken()
        {
            foreach (var person in people)
            {
                yield return person;
            }

            // Another process: it shares the rows and not the list of keys under way.
            using var other = new HandInHash();
            other.Add(Head());
            people.ToList().ForEach(p => other.Add(p));
            await using var db = _lab.Rows.NewContext();
            db.Add(_lab.Rows.Get<HandInKeys>().Row(1, "k", other.Finish(), 77, new HandInOutcome.MailingQueued(77, 3, [], 0)));
            await db.SaveChangesAsync(Ct);
        }

        var outcome = await _lab.Queue.HandInAsync(Caller("k"), Head(), Overtaken(), Ct);

        Assert.Equal((77L, true), outcome is HandInOutcome.MailingQueued q ? (q.MailingId, q.Replayed) : default);
        Assert.DoesNotContain(await _lab.MailingsAsync(), m => m.State == MailingState.Active);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_the_days_it_is_kept()
    {
        await _lab.HandInAsync(Message(), key: "old");
        _lab.Rows.Time.Advance(TimeSpan.FromHours(47));
        await _lab.HandInAsync(Message(), key: "young");
        Assert.False(await _lab.Rows.Get<HandInKeys>().DeletePortionAsync(Ct));
        Assert.Equal(2, await _lab.SqlAsync("SELECT COUNT(*) FROM \"HandInKeys\""));
        _lab.Rows.Time.Advance(TimeSpan.FromHours(2));

        await _lab.Rows.Get<HandInKeys>().DeletePortionAsync(Ct);

        Assert.Equal(1, await _lab.SqlAsync("SELECT COUNT(*) FROM \"HandInKeys\" WHERE \"Key\" = 'young'"));
        Assert.Equal(1, await _lab.SqlAsync("SELECT COUNT(*) FROM \"HandInKeys\""));
        Assert.IsType<HandInOutcome.NotificationQueued>(await _lab.HandInAsync(Message("another body"), key: "old"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nb")]
    [InlineData("ä")]
    public void A_key_is_visible_ascii(string key) => Assert.Throws<ArgumentException>(() => new IdempotencyKey(key));
}
