using System.Text;
using Signify.Notifications.RepairKit;

namespace Signify.Notifications.Tests.RepairKit;

/// <summary>The file of the kit, run by PowerShell itself.</summary>
public sealed class KitFileTests
{
    [Fact]
    public void Run_as_it_is_it_asks_and_changes_nothing()
    {
        using var exchange = Answering("", "yes");

        exchange.Run(KitFile.Text(Facts.Full));

        Assert.Empty(exchange.Errors);
        Assert.Equal(["Read-Host"], exchange.Calls.Select(c => c.Name).Where(n => n != "Write-Host"));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("1x")]
    [InlineData("all")]
    [InlineData("*")]
    public void An_answer_that_is_no_choice_changes_nothing(string choice)
    {
        using var exchange = Answering(choice, "yes");

        exchange.Run(KitFile.Text(Facts.Full));

        Assert.Empty(exchange.Errors);
        Assert.DoesNotContain(exchange.Calls, c => c.Name == "Connect-ExchangeOnline");
    }

    [Fact]
    public void A_choice_without_a_yes_changes_nothing()
    {
        using var exchange = Answering("1", "no");

        exchange.Run(KitFile.Text(Facts.Full));

        Assert.Empty(exchange.Changes);
        Assert.DoesNotContain(exchange.Calls, c => c.Name == "Connect-ExchangeOnline");
    }

    [Theory]
    [InlineData("1", "New-ServicePrincipal Add-MailboxPermission")]
    [InlineData("2", "New-ServicePrincipal New-ManagementScope New-ManagementRoleAssignment")]
    [InlineData("3", "Set-CASMailbox")]
    [InlineData("4", "New-ServicePrincipal New-ManagementScope New-ManagementRoleAssignment")]
    [InlineData("5", "New-ServicePrincipal Add-RecipientPermission")]
    [InlineData("6", "Set-Mailbox")]
    [InlineData("1u", "Remove-MailboxPermission Remove-ServicePrincipal")]
    [InlineData("4u", "Remove-ManagementRoleAssignment Remove-ManagementScope")]
    [InlineData("3u", "Set-CASMailbox")]
    [InlineData("1v", "")]
    [InlineData("2v", "")]
    [InlineData("5v", "")]
    public void A_choice_with_a_yes_does_that_one_thing(string choice, string changes)
    {
        using var exchange = Answering(choice, "yes");

        exchange.Run(KitFile.Text(Facts.Full));

        Assert.Empty(exchange.Errors);
        Assert.Equal(changes, string.Join(' ', exchange.Changes));
        Assert.Contains(exchange.Calls, c => c.Name == "Connect-ExchangeOnline");
    }

    [Fact]
    public void Without_the_Exchange_module_it_says_what_to_install()
    {
        using var exchange = Answering("3", "yes");
        exchange.Answers.Remove("Get-Module");

        exchange.Run(KitFile.Text(Facts.Full));

        Assert.Contains("Install-Module ExchangeOnlineManagement", Assert.Single(exchange.Errors), StringComparison.Ordinal);
        Assert.Empty(exchange.Changes);
    }

    [Fact]
    public void A_value_that_is_still_to_be_filled_in_stops_it_before_anything_changes()
    {
        using var exchange = Answering("1", "yes");

        exchange.Run(KitFile.Text(Facts.Full with { ObjectId = null }));

        Assert.Contains("Fill in the values", Assert.Single(exchange.Errors), StringComparison.Ordinal);
        Assert.Empty(exchange.Changes);
    }

    [Fact]
    public void The_bytes_begin_with_the_mark_that_Windows_PowerShell_needs_and_lines_end_as_on_Windows()
    {
        var bytes = KitFile.Bytes(Facts.Full with { Mailbox = "jürgen@contoso.com" });

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains("'jürgen@contoso.com'", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    private static PretendExchange Answering(string choice, string confirmed)
    {
        var exchange = new PretendExchange();
        exchange.Answers["Read-Host"] = call => call.Args[0]?.ToString() == "Which" ? choice : confirmed;
        exchange.Answers["Get-Module"] = _ => "ExchangeOnlineManagement";
        return exchange;
    }
}
