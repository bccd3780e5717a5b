using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>Rulesets and who may open them, made without the pages.</summary>
internal static class RulesetSteps
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A ruleset beside "Default" with the program's administrator in it.</summary>
    public static async Task<Guid> AddRulesetAsync(this TestProgram program, string name)
    {
        var made = await program.Services.GetRequiredService<RulesetMaking>().CreateAsync(name, await program.UserIdAsync(TestProgram.AdminEmail), "a test", Stop);
        return Assert.IsType<RulesetMade.Done>(made).Id;
    }

    public static async Task<Guid> UserIdAsync(this TestProgram program, string email)
    {
        await using var db = program.NewContext();
        return await db.Set<User>().Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Stop);
    }

    /// <summary>Gives somebody a role; null takes it away.</summary>
    public static async Task SetRoleAsync(this TestProgram program, Guid ruleset, string email, MemberRole? role)
    {
        var user = await program.UserIdAsync(email);
        await using var db = program.NewContext();
        await db.Set<RulesetMember>().Where(m => m.RulesetId == ruleset && m.UserId == user).ExecuteDeleteAsync(Stop);
        if (role is { } given)
        {
            db.Add(new RulesetMember { RulesetId = ruleset, UserId = user, Role = given });
            await db.SaveChangesAsync(Stop);
        }
    }

    public static async Task<Ruleset?> FindRulesetAsync(this TestProgram program, string name)
    {
        await using var db = program.NewContext();
        return await db.Set<Ruleset>().SingleOrDefaultAsync(r => r.Name == name, Stop);
    }

    public static string In(this string address, Guid ruleset) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(address, "ruleset", $"{ruleset}");

    /// <summary>The name in the top bar.</summary>
    public static string Ruleset(this BrowserPage page) => (page.Document.QuerySelector(".ruleset-switch .name") ?? page.Find(".ruleset")).TextContent;
}
