using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Audit;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class AuditLogPageTests
{
    [Fact]
    public async Task Older_pages_follow_without_a_gap_or_a_repeat_even_among_entries_of_the_same_moment()
    {
        // The clock stands still: only the ids tell the entries apart.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var audit = program.Services.GetRequiredService<AuditLog>();
        for (var i = 0; i < 120; i++)
        {
            await audit.WriteAsync(Ruleset.DefaultId, "a test", AuditAction.SettingsChecked, $"entry {i}", details: null, TestContext.Current.CancellationToken);
        }

        var browser = await program.SignedInAsync();
        var seen = new List<string>();
        var pages = 0;
        for (var address = "/gear/system/auditlog"; address is not null; pages++)
        {
            var page = await browser.GetAsync(address);
            seen.AddRange(page.Document.QuerySelectorAll("tbody tr").Select(row => row.Children[3].TextContent));
            address = page.Document.Links().FirstOrDefault(l => l.TextContent == "Older")?.GetAttribute("href");
        }

        Assert.Equal(3, pages);
        Assert.Equal(120, seen.Where(s => s.StartsWith("entry", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(120, seen.Count(s => s.StartsWith("entry", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Times_are_machine_readable_and_what_users_typed_is_text()
    {
        await using var program = await TestProgram.StartAsync();
        await program.Services.GetRequiredService<AuditLog>().WriteAsync(
            Ruleset.DefaultId, "<b>someone</b>", AuditAction.SettingsSaved, "revision 1", details: null, TestContext.Current.CancellationToken);

        var page = await (await program.SignedInAsync()).GetAsync("/gear/system/auditlog");

        Assert.All(page.Document.QuerySelectorAll("tbody tr"), row => Assert.NotNull(row.QuerySelector("time[datetime]")));
        Assert.Empty(page.Document.QuerySelectorAll("tbody b"));
        Assert.Contains("Settings saved", page.Text, StringComparison.Ordinal);
    }
}
