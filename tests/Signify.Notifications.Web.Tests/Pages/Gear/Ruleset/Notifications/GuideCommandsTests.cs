using Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

public sealed class GuideCommandsTests
{
    [Fact]
    public void Saved_values_stand_in_the_commands()
    {
        Assert.Contains("-Identity hr@contoso.com", GuideCommands.For(Samples.Revision(1)).MailboxRights, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_a_shell_would_read_as_its_own_does_not()
    {
        var commands = GuideCommands.For(Samples.Revision(1, from: "a;Remove-Mailbox$x@contoso.com"));

        Assert.DoesNotContain("Remove-Mailbox", commands.MailboxRights + commands.SmtpAuth + commands.GraphScope, StringComparison.Ordinal);
        Assert.Contains("<From Email>", commands.SmtpAuth, StringComparison.Ordinal);
    }
}
