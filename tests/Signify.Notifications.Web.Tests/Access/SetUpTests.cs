using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed partial class SetUpTests
{
    [Fact]
    public async Task The_printed_link_makes_the_first_administrator_and_lets_them_in()
    {
        await using var program = await StartEmptyAsync();
        var browser = program.NewBrowser();

        var page = await MakeAdministratorAsync(browser, LinkOf(program));

        Assert.Equal("/gear/ruleset/notifications", page.Address.AbsolutePath);
        Assert.Contains("You are the first administrator", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/profile")).Status);
    }

    [Fact]
    public async Task The_link_opens_only_until_the_first_administrator_exists()
    {
        await using var program = await StartEmptyAsync();
        var late = program.NewBrowser();
        var opened = await late.OpenLinkAsync(LinkOf(program));
        await MakeAdministratorAsync(program.NewBrowser(), LinkOf(program));

        var second = await late.SubmitAsync(opened, "form", NewAccount("second@contoso.example"));

        Assert.Equal(HttpStatusCode.OK, opened.Status);
        Assert.Equal(HttpStatusCode.Gone, second.Status);
        Assert.Equal(HttpStatusCode.Gone, (await late.OpenLinkAsync(LinkOf(program))).Status);
        Assert.Equal(1, await CountUsersAsync(program));
    }

    [Fact]
    public async Task Of_two_who_use_the_link_at_once_one_becomes_administrator()
    {
        await using var program = await StartEmptyAsync();
        var (first, second) = (program.NewBrowser(), program.NewBrowser());
        var (firstPage, secondPage) = (await first.OpenLinkAsync(LinkOf(program)), await second.OpenLinkAsync(LinkOf(program)));

        await Task.WhenAll(
            first.SubmitAsync(firstPage, "form", NewAccount("first@contoso.example")),
            second.SubmitAsync(secondPage, "form", NewAccount("second@contoso.example")));

        Assert.Equal(1, await CountUsersAsync(program));
    }

    [Fact]
    public async Task The_token_is_stored_nowhere_and_the_deed_is_in_the_audit_log()
    {
        await using var program = await StartEmptyAsync();
        var link = LinkOf(program);
        await MakeAdministratorAsync(program.NewBrowser(), link);

        var row = Assert.Single(await program.ReadAuditAsync(), r => r.Action != AuditAction.SignedIn);

        Assert.Equal((AuditAction.UserAdded, "the set-up link", "user first@contoso.example"), (row.Action, row.By, row.Target));
        Assert.DoesNotContain(link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..], program.ReadDatabaseFiles(), StringComparison.Ordinal);
        Assert.Single(program.Log.Lines, l => l.Contains("token=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_with_another_token_does_not_open()
    {
        await using var program = await StartEmptyAsync();

        var page = await program.NewBrowser().OpenLinkAsync("/setup#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

        Assert.Equal(HttpStatusCode.Gone, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("form"));
    }

    private static Task<TestProgram> StartEmptyAsync() => TestProgram.StartAsync(new TestProgramOptions { Bootstrap = false });

    internal static string LinkOf(TestProgram program) => SetUpLink().Match(program.Log.Text).Value;

    private static (string, string)[] NewAccount(string email) =>
        [("Form.Email", email), ("Form.Password", "seven slow brown rivers"), ("Form.Repeated", "seven slow brown rivers")];

    private static async Task<BrowserPage> MakeAdministratorAsync(BrowserClient browser, string link) =>
        await browser.SubmitAsync(await browser.OpenLinkAsync(link), "form", NewAccount("first@contoso.example"));

    private static async Task<int> CountUsersAsync(TestProgram program)
    {
        await using var db = await program.Services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await db.Set<User>().CountAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"http://\S+/setup#token=\S+")]
    private static partial Regex SetUpLink();
}
