using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Tests.Hosting;
using static Signify.Notifications.Tests.Delivery.HandIn.HandInLab;

namespace Signify.Notifications.Tests.Delivery.HandIn;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class MailingHandInTests : IAsyncLifetime
{
    private HandInLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await HandInLab.StartAsync(("HandIn:RejectedListed", "3"));

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Nothing_is_sendable_before_the_last_recipient_came_and_all_of_it_afterwards()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<NewRecipient> Slow()
        {
            foreach (var person in People(6500))
            {
                if (person.Line == 6001)
                {
                    half.SetResult();
                    await gate.Task;
                }

                yield return person;
            }
        }

        var handingIn = _lab.Queue.HandInAsync(Caller(), Head(), Slow(), Ct);
        await half.Task;
        var before = Assert.Single(await _lab.MailingsAsync());
        gate.SetResult();
        var queued = Assert.IsType<HandInOutcome.MailingQueued>(await handingIn);

        Assert.Equal((MailingState.Receiving, 0), (before.State, before.Total));
        var after = Assert.Single(await _lab.MailingsAsync());
        Assert.Equal((MailingState.Active, 6500), (after.State, after.Total));
        Assert.Equal(6500, queued.Accepted);
        await _lab.Rows.AssertCountersAsync();
    }

    [Fact]
    public async Task A_mailings_recipients_take_the_turns_that_follow_the_mailboxs()
    {
        await _lab.Rows.SetAsync<Mailbox>(m => m.Id == 1, m => m.Turn = 70);

        var queued = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), People(3));

        Assert.Equal([71, 72, 73], (await _lab.Rows.RowsAsync(queued.MailingId)).Select(r => r.Turn));
    }

    [Fact]
    public async Task Singles_take_the_mailboxs_turn_or_the_one_after_the_last_single()
    {
        await _lab.Rows.SetAsync<Mailbox>(m => m.Id == 1, m => (m.Turn, m.SinglesTurn) = (70, 4));
        long[] turns = [(await OneAsync()).Turn, (await OneAsync()).Turn];
        await _lab.Rows.SetAsync<Mailbox>(m => m.Id == 1, m => m.Turn = 72);

        long[] later = [(await OneAsync()).Turn, (await OneAsync()).Turn];

        Assert.Equal([70, 71, 72, 73], turns.Concat(later));

        async Task<Notification> OneAsync() => await _lab.RowAsync(await _lab.HandInAsync(Message()));
    }

    [Fact]
    public async Task Those_left_out_are_listed_up_to_the_cap_and_all_counted()
    {
        var recipients = Enumerable.Range(1, 10).Select(i => new NewRecipient(i, i % 2 == 0 ? "nobody" : $"p{i}@contoso.com"));

        var queued = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head(), recipients);

        Assert.Equal((5, 5L), (queued.Accepted, queued.RejectedTotal));
        Assert.Equal([2L, 4, 6], queued.Rejected.Select(r => r.Line));
        Assert.All(queued.Rejected, r => Assert.Equal(LineCodes.RecipientRejected, r.Code));
    }

    [Fact]
    public async Task With_nobody_left_nothing_is_queued()
    {
        var refused = Assert.IsType<HandInOutcome.Refused>(await _lab.HandInAsync(Head("{{name}}"), People(2)));

        Assert.Equal(["recipients"], refused.Errors.Keys);
        Assert.Equal(2, refused.RejectedTotal);
        Assert.Equal("name", refused.Rejected[0].Field);
        Assert.IsType<HandInOutcome.Refused>(await _lab.HandInAsync(Head(), []));
        Assert.Empty(await _lab.MailingsAsync());
    }

    [Theory]
    [InlineData(null, LineCodes.FieldMissing)]
    [InlineData("{}", LineCodes.FieldMissing)]
    [InlineData("""{"name":null}""", LineCodes.FieldMissing)]
    [InlineData("""{"name":"a","NAME":null}""", LineCodes.FieldMissing)]
    [InlineData("""["name"]""", LineCodes.FieldsInvalid)]
    [InlineData("""{"name":""", LineCodes.FieldsInvalid)]
    [InlineData("""{"name":"a","x":["\ud800"]}""", LineCodes.FieldsInvalid)]
    [InlineData("""{"name":"a","\udc00":1}""", LineCodes.FieldsInvalid)]
    [InlineData("""{"Name":""}""", LineCodes.FieldMissing)]
    [InlineData("""{"Name":"-"}""", null)]
    [InlineData("""{"NAME":"\u00e9\ud83d\ude00"}""", null)]
    public async Task Fields_are_looked_at_before_anything_is_queued(string? fields, string? code)
    {
        var outcome = await _lab.HandInAsync(Head("{{ name }}"), [new NewRecipient(1, "a@contoso.com") { Fields = fields }]);

        Assert.Equal(code, (outcome as HandInOutcome.Refused)?.Rejected.Single().Code);
        Assert.Equal(code is null, outcome is HandInOutcome.MailingQueued);
    }

    [Fact]
    public async Task A_template_that_does_not_parse_is_told_with_its_place()
    {
        var refused = Assert.IsType<HandInOutcome.Refused>(await _lab.HandInAsync(Head("Hello\n  {% if x %}"), People(1)));

        Assert.Contains("line 2", Assert.Single(refused.Errors["text"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_before_a_time_is_scheduled()
    {
        var at = _lab.Rows.Now.AddHours(2);

        var single = await _lab.RowAsync(await _lab.HandInAsync(Message() with { NotBefore = at, ExpiresAt = at.AddHours(1) }));
        var mailing = (HandInOutcome.MailingQueued)await _lab.HandInAsync(Head() with { NotBefore = at }, People(1));
        var past = await _lab.RowAsync(await _lab.HandInAsync(Message() with { NotBefore = _lab.Rows.Now.AddHours(-1) }));

        Assert.Equal((NotificationState.Scheduled, at, at.AddHours(1)), (single.State, single.DueAt, single.ExpiresAt));
        Assert.Equal((NotificationState.Scheduled, at), Assert.Single((await _lab.Rows.RowsAsync(mailing.MailingId)).Select(r => (r.State, r.DueAt))));
        Assert.Equal((NotificationState.Queued, _lab.Rows.Now), (past.State, past.DueAt));
    }

    [Theory]
    [InlineData(null, -1)]
    [InlineData(null, 0)]
    [InlineData(5, 5)]
    [InlineData(5, 4)]
    public async Task What_would_expire_before_it_goes_is_refused(int? notBefore, int expires)
    {
        var (at, ends) = (_lab.Rows.Now.AddHours(notBefore ?? 0), _lab.Rows.Now.AddHours(expires));

        var errors = await _lab.ErrorsAsync(Message() with { NotBefore = notBefore is null ? null : at, ExpiresAt = ends });
        var mailing = await _lab.HandInAsync(Head() with { NotBefore = notBefore is null ? null : at, ExpiresAt = ends }, People(1));

        Assert.Equal(["expiresAt"], errors.Keys);
        Assert.Equal(["expiresAt"], Assert.IsType<HandInOutcome.Refused>(mailing).Errors.Keys);
    }

    [Fact]
    public async Task Two_rulesets_share_nothing()
    {
        var (ruleset, mailbox) = await _lab.Rows.AddRulesetAsync("Other");

        var mine = (HandInOutcome.NotificationQueued)await _lab.HandInAsync(Message("mine"), key: "same");
        var theirs = (HandInOutcome.NotificationQueued)await _lab.Queue.HandInAsync(Caller("same", ruleset), Message("theirs"), Ct);

        Assert.NotEqual(mine.Id, theirs.Id);
        Assert.Equal([1, mailbox], (await _lab.MailingsAsync()).Select(m => m.MailboxId));
    }
}
