using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>Revisions and reports as small as a test can use them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 14, 5, TimeSpan.Zero);

    public static SettingsRevision Revision(int number, RevisionState state = RevisionState.Active, SignIn signIn = SignIn.Token, string from = "hr@contoso.com", StoredSecret? secret = null) => new()
    {
        Id = Guid.NewGuid(),
        RulesetId = Guid.Empty,
        Number = number,
        State = state,
        CreatedAt = Morning,
        CreatedBy = "adele@contoso.com",
        ActivatedAt = state == RevisionState.Active ? Morning : null,
        ActiveRoute = Route.Smtp,
        SignIn = signIn,
        ServerName = "HR notifications",
        Port = 587,
        Timeout = TimeSpan.FromSeconds(120),
        BatchSize = BatchSize.Medium,
        FromEmail = from,
        ClientId = "7b0f4a52-35c0-4c3e-9f0e-6a1d2c3b4a59",
        ClientSecret = secret,
        TenantId = "5d3c0f7e-8b1f-4a63-9a52-1a2b3c4d5e6f",
        Cloud = "Worldwide",
        Route = RouteChoice.Automatic,
    };

    public static SettingsRevision WithSecret(StoredSecret secret) => Revision(1, secret: secret);

    /// <summary>A report with every step passed, except those given.</summary>
    public static CheckReport Report(bool passed, params CheckStep[] others) => new()
    {
        Passed = passed,
        Route = passed ? Route.Smtp : null,
        StartedAt = Morning,
        Duration = TimeSpan.FromMilliseconds(640),
        Steps = [.. Enum.GetValues<StepName>().Select(name => others.FirstOrDefault(o => o.Name == name) ?? new CheckStep(name, StepState.Passed))],
    };
}
