using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>Settings of the first ruleset that passed their check, without one.</summary>
internal static class ActiveSettings
{
    public static SettingsRevision Create() => new()
    {
        Id = Guid.NewGuid(),
        RulesetId = Ruleset.DefaultId,
        Number = 1,
        State = RevisionState.Active,
        CreatedAt = TimeProvider.System.GetUtcNow(),
        CreatedBy = "ada",
        ActiveRoute = Route.Smtp,
        SignIn = SignIn.Token,
        ServerName = "HR notifications",
        Port = 587,
        Timeout = TimeSpan.FromSeconds(120),
        BatchSize = BatchSize.Medium,
        FromEmail = "hr@contoso.com",
        Cloud = "Worldwide",
        Route = RouteChoice.Automatic,
    };

    public static async Task AddActiveSettingsAsync(this TestProgram program)
    {
        await using var db = program.NewContext();
        db.Add(Create());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
