using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class ApiKeyExpiryTests
{
    private const string Page = "/gear/access/apikeys";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_expired_key_is_refused_with_a_problem_that_says_so_however_often_it_comes()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await ApiProgram.StartAsync(clock, ("RateLimits:WrongKeysPerMinute", "2"));
        var key = await program.MakeAsync("payroll", ApiKeyScopes.Send, TimeSpan.FromDays(90));
        clock.Advance(TimeSpan.FromDays(90) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/send", key)).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(1));

        for (var i = 0; i < 4; i++)
        {
            var refused = await program.GetAsync("/api/send", key);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Ct)).RootElement;
            Assert.Equal("API key expired", problem.GetProperty("title").GetString());
            Assert.StartsWith("The API key expired on ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, 365)]
    [InlineData("90", 90)]
    [InlineData("180", 180)]
    [InlineData("0", null)]
    public async Task An_administrator_chooses_when_a_key_expires_and_a_year_is_the_default(string? choice, int? days)
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();
        (string, string)[] values = [("Name", "payroll"), ("Scopes", "Send"), .. choice is null ? [] : ((string, string)[])[("ExpiresInDays", choice)]];

        var made = await admin.SubmitAsync(await admin.GetAsync(Page), "#make-key", values);

        var row = await KeyAsync(program, "payroll");
        Assert.Equal(days, row.ExpiresAt is { } at ? (int)Math.Round((at - row.CreatedAt).TotalDays) : null);
        Assert.Equal(days is null ? 2 : 1, made.Document.QuerySelectorAll("td").Count(td => td.TextContent.Trim() == "Never expires"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("36500")]
    [InlineData("-1")]
    public async Task No_other_expiry_can_be_chosen_nor_none_where_the_operator_does_not_allow_it(string days)
    {
        await using var program = await TestProgram.StartAsync(("ApiKeys:AllowNoExpiry", "false"));
        var admin = await program.SignedInAsync();
        var page = await admin.GetAsync(Page);

        var refused = await admin.SubmitAsync(page, "#make-key", ("Name", "payroll"), ("Scopes", "Send"), ("ExpiresInDays", days));

        Assert.Equal(["90", "180", "365"], page.Document.QuerySelectorAll("#ExpiresInDays option").Select(o => o.GetAttribute("value")));
        Assert.Contains("Choose when the key expires", refused.Text, StringComparison.Ordinal);
        Assert.Null(refused.Document.QuerySelector("#key"));
    }

    [Theory]
    [InlineData(31, "payroll", "In use", false)]
    [InlineData(30, "30 days left", "30 days left", true)]
    [InlineData(1, "1 day left", "1 day left", true)]
    [InlineData(-1, "Expired", "Expired", true)]
    public async Task The_page_warns_30_days_before(int daysLeft, string expected, string badge, bool shown)
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();
        await admin.SubmitAsync(await admin.GetAsync(Page), "#make-key", ("Name", "payroll"), ("Scopes", "Send"));
        await using (var db = program.NewContext())
        {
            var at = TimeProvider.System.GetUtcNow().AddDays(daysLeft).AddMinutes(daysLeft > 30 ? 5 : -5);
            await db.Set<ApiKey>().Where(k => k.Name == "payroll").ExecuteUpdateAsync(set => set.SetProperty(k => k.ExpiresAt, at), Ct);
        }

        var page = await admin.GetAsync(Page);

        var row = page.Document.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("payroll", StringComparison.Ordinal));
        Assert.Contains(expected, row.TextContent, StringComparison.Ordinal);
        Assert.Equal(shown, row.TextContent.Contains(badge, StringComparison.Ordinal));
    }

    private static async Task<ApiKey> KeyAsync(TestProgram program, string name)
    {
        await using var db = program.NewContext();
        return await db.Set<ApiKey>().SingleAsync(k => k.Name == name, Ct);
    }
}
