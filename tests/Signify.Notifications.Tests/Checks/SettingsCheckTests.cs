using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Tests.Checks;

public sealed class SettingsCheckTests
{
    [Fact]
    public async Task Everything_granted_passes_over_smtp_and_sends_nothing()
    {
        await using var lab = await Lab.StartAsync();

        var report = await lab.CheckAsync();

        Assert.Equal((true, Route.Smtp), (report.Passed, report.Route));
        Assert.All(report.Steps, step => Assert.Equal(StepState.Passed, step.State));
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RSET", "QUIT"], lab.Smtp.Verbs);
        Assert.Empty(lab.Smtp.Messages);
        Assert.Equal(0, lab.Cloud.Count(CloudPlace.SendMail));
    }
}
