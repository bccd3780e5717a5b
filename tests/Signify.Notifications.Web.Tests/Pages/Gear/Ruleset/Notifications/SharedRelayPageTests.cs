using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

/// <summary>Use Own SMTP Details off: the page says whether there is a relay of the operator's.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SharedRelayPageTests
{
    [Fact]
    public async Task Without_one_the_page_says_so()
    {
        await using var program = await TestProgram.StartAsync();

        var page = await (await SettingsScreen.OpenAsync(program)).ReadAsync();

        Assert.Contains("No shared relay is set up on this installation", page.Find(".shared-relay").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_one_the_page_names_its_sender_and_never_its_password()
    {
        const string Password = "the relay's own pass word";
        await using var program = await TestProgram.StartAsync(
            ("SharedRelay:Host", "127.0.0.1"), ("SharedRelay:Port", "1"), ("SharedRelay:From", "no-reply@operator.example"), ("SharedRelay:UserName", "relay"), ("SharedRelay:Password", Password));
        var screen = await SettingsScreen.OpenAsync(program);

        var before = await screen.ReadAsync();
        var page = await screen.SaveToTheEndAsync(("useOwnSmtpDetails", "false"));

        Assert.Contains("The shared relay of your operator sends, from no-reply@operator.example", before.Find(".shared-relay").TextContent, StringComparison.Ordinal);
        Assert.Contains("Revision 1 did not pass its check", page.Find("#status-line").TextContent, StringComparison.Ordinal);
        SecretSpellings.AssertNowhere(Password, page);
        SecretSpellings.AssertNowhere(Password, program.ReadDatabaseFiles());
    }
}
