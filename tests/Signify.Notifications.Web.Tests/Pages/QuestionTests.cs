using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Access;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages;

/// <summary>What cannot be taken back is asked first, with the facts, on pages that need no script.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class QuestionTests
{
    private static readonly DateTimeOffset Used = new(2026, 3, 4, 5, 6, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "It has never been used.")]
    [InlineData(true, "It was last used on 2026-03-04 05:06 UTC.")]
    public async Task Revoking_a_key_names_it_and_its_last_use_and_waits_for_the_answer(bool used, string expected)
    {
        await using var program = await TestProgram.StartAsync();
        var ada = await program.SignedInAsync();
        var keys = await ada.SubmitAsync(await ada.GetAsync("/gear/access/apikeys"), "#make-key", ("Name", "payroll"), ("Scopes", "Read"));
        await using (var db = program.NewContext())
        {
            await db.Set<ApiKey>().IgnoreQueryFilters().Where(k => k.Name == "payroll").ExecuteUpdateAsync(
                set => set.SetProperty(k => k.LastUsedAt, used ? Used : (DateTimeOffset?)null), Stop);
        }

        var question = await ada.GetAsync(keys.Find("a[id^=revoke-]").GetAttribute("href")!);

        var prefix = keys.Find("#key").GetAttribute("value")![..8];
        Assert.Contains("Revoke the API key “payroll”?", question.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains(prefix, question.Find(".confirmation").TextContent, StringComparison.Ordinal);
        Assert.Contains(expected, question.Text, StringComparison.Ordinal);
        Assert.NotEmpty((await ada.GetAsync("/gear/access/apikeys")).Document.QuerySelectorAll("a[id^=revoke-]"));
        await ada.SubmitAsync(question, ".confirmation form");
        Assert.Empty((await ada.GetAsync("/gear/access/apikeys")).Document.QuerySelectorAll($"#{keys.Find("a[id^=revoke-]").Id}"));
    }

    [Fact]
    public async Task Removing_a_user_names_whose_access_to_what_ends()
    {
        await using var program = await TestProgram.StartAsync();
        await program.SignedInViewerAsync();
        var ada = await program.SignedInAsync();
        var users = await ada.GetAsync("/gear/access/users");
        var edit = await ada.GetAsync(users.Document.Links().Single(l => l.TextContent == TestProgram.ViewerEmail).GetAttribute("href")!);

        var question = await ada.GetAsync(edit.Find("#remove-user").GetAttribute("href")!);

        Assert.Contains(
            $"{TestProgram.ViewerEmail} loses access to Default as viewer immediately. Last sign-in: ", question.Text, StringComparison.Ordinal);
        Assert.Contains(TestProgram.ViewerEmail, (await ada.GetAsync("/gear/access/users")).Text, StringComparison.Ordinal);
        await ada.SubmitAsync(question, ".confirmation form");
        Assert.DoesNotContain(TestProgram.ViewerEmail, (await ada.GetAsync("/gear/access/users")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removing_a_passkey_says_whether_it_is_the_only_one()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        var ada = await program.SignedInAsync();
        await ada.AddPasskeyAsync(device);

        var question = await ada.GetAsync((await ada.GetAsync(PasskeySteps.Page)).Find("a[id^=remove-]").GetAttribute("href")!);

        Assert.Contains("It is your only passkey.", question.Text, StringComparison.Ordinal);
        Assert.NotEmpty((await ada.GetAsync(PasskeySteps.Page)).Document.QuerySelectorAll("a[id^=remove-]"));
    }

    [Fact]
    public async Task A_shorter_retention_names_how_many_notifications_it_deletes_and_waits_for_the_answer()
    {
        await using var program = await SeededProgram.EmptyAsync();
        await using (var db = await SeededProgram.OpenAsync(program))
        {
            var seed = new DeliverySeed(db, TimeProvider.System.GetUtcNow());
            await seed.MailingAsync("Due anyway", MailingState.Active, TimeSpan.FromDays(400), [(NotificationState.Sent, 7)]);
            await seed.MailingAsync(
                "Old", MailingState.Active, TimeSpan.FromDays(40), [(NotificationState.Sent, 3), (NotificationState.Failed, 1)]);
            await seed.MailingAsync("Waiting", MailingState.Active, TimeSpan.FromDays(40), [(NotificationState.Queued, 2)]);
            await seed.MailingAsync("New", MailingState.Active, TimeSpan.FromDays(2), [(NotificationState.Sent, 5)]);
        }

        var ada = await program.SignedInAsync();
        var question = await ada.SubmitAsync(await ada.GetAsync("/gear/ruleset/retention"), "#Days", ("Days", "7"));
        var before = await ada.GetAsync("/gear/ruleset/retention");
        var after = await ada.SubmitAsync(question, ".confirmation form");

        Assert.Contains("Shorten retention from 90 days to 7 days?", question.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("4 notifications in 1 mailing will be deleted", question.Text, StringComparison.Ordinal);
        Assert.Contains("kept for 90 days", before.Find(".status-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("kept for 7 days", after.Find(".status-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_longer_retention_asks_nothing()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var set = await ada.SubmitAsync(await ada.GetAsync("/gear/ruleset/retention"), "#Days", ("Days", "400"));

        Assert.Contains("kept for 400 days", set.Find(".status-line").TextContent, StringComparison.Ordinal);
    }
}
