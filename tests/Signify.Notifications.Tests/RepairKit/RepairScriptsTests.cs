using Signify.Notifications.Findings;
using Signify.Notifications.RepairKit;

namespace Signify.Notifications.Tests.RepairKit;

/// <summary>Each script, run by PowerShell against an Exchange that writes down what it is told.</summary>
public sealed class RepairScriptsTests
{
    [Fact]
    public void Every_script_says_all_that_somebody_wants_to_know_first()
    {
        Assert.All(RepairScripts.All(Facts.Full), kit =>
        {
            Assert.All([kit.Title, kit.For, kit.Changes, kit.RunBy, kit.WorksAfter, kit.Expect, kit.UndoTells, kit.Commands, kit.Verify, kit.Undo], text => Assert.NotEmpty(text));
            Assert.Empty(kit.ToFillIn);
        });
        Assert.Equal(Enum.GetValues<RepairScript>(), RepairScripts.All(Facts.Full).Select(kit => kit.Script));
    }

    [Fact]
    public void The_classic_way_lets_the_app_in_by_the_Object_ID_of_the_token()
    {
        using var exchange = new PretendExchange();
        exchange.Answers["New-ServicePrincipal"] = _ => App("identity-1");

        exchange.Run(RepairScripts.Of(RepairScript.SmtpMailboxAccess, Facts.Full).Commands);

        Assert.Empty(exchange.Errors);
        Assert.Equal(["Connect-ExchangeOnline", "Get-ServicePrincipal", "New-ServicePrincipal", "Add-MailboxPermission"], exchange.Calls.Select(c => c.Name));
        Assert.Equal((Facts.Client, Facts.Object), (exchange.Calls[2]["AppId"], exchange.Calls[2]["ObjectId"]));
        Assert.Equal((Facts.Mailbox, "identity-1", "FullAccess"), (exchange.Calls[3]["Identity"], exchange.Calls[3]["User"], exchange.Calls[3]["AccessRights"]));
    }

    [Fact]
    public void An_app_that_Exchange_knows_is_not_made_twice()
    {
        using var exchange = new PretendExchange();
        exchange.Answers["Get-ServicePrincipal"] = _ => App("identity-1");

        exchange.Run(RepairScripts.Of(RepairScript.SmtpMailboxAccess, Facts.Full).Commands);

        Assert.Equal(["Add-MailboxPermission"], exchange.Changes);
        Assert.Equal("identity-1", exchange.Calls[^1]["User"]);
    }

    [Fact]
    public void An_app_made_with_the_wrong_Object_ID_is_made_anew_and_Exchange_asks_first()
    {
        using var exchange = new PretendExchange();
        var known = App("identity-1", "99999999-0000-4000-8000-000000000000");
        exchange.Answers["Get-ServicePrincipal"] = _ => known;
        exchange.Answers["Remove-ServicePrincipal"] = _ => known = null;
        exchange.Answers["New-ServicePrincipal"] = _ => App("identity-2");

        exchange.Run(RepairScripts.Of(RepairScript.SmtpMailboxAccess, Facts.Full).Commands);

        Assert.Equal(["Remove-ServicePrincipal", "New-ServicePrincipal", "Add-MailboxPermission"], exchange.Changes);
        Assert.Contains(exchange.Calls.Single(c => c.Name == "Remove-ServicePrincipal").Args, a => a?.ToString() == "-Confirm");
        Assert.Equal("identity-2", exchange.Calls[^1]["User"]);
    }

    [Fact]
    public void While_the_Object_ID_is_not_known_no_app_is_removed_for_having_another()
    {
        using var exchange = new PretendExchange();
        exchange.Answers["Get-ServicePrincipal"] = _ => App("identity-1");

        exchange.Run(RepairScripts.Of(RepairScript.SmtpMailboxAccess, Facts.Full with { ObjectId = null }).Commands);

        Assert.DoesNotContain("Remove-ServicePrincipal", exchange.Changes);
    }

    [Theory]
    [InlineData(RepairScript.SmtpRoleAssignment, "Application SMTP.SendAsApp")]
    [InlineData(RepairScript.GraphOneMailbox, "Application Mail.Send")]
    public void A_role_is_given_for_the_one_mailbox(RepairScript script, string role)
    {
        using var exchange = new PretendExchange();

        exchange.Run(RepairScripts.Of(script, Facts.Full).Commands);

        Assert.Empty(exchange.Errors);
        var (scope, assigned) = (exchange.Calls.Single(c => c.Name == "New-ManagementScope"), exchange.Calls.Single(c => c.Name == "New-ManagementRoleAssignment"));
        Assert.Equal("PrimarySmtpAddress -eq 'o''hara@contoso.com'", scope["RecipientRestrictionFilter"]);
        Assert.Equal((role, Facts.Client, scope["Name"]), (assigned["Role"], assigned["App"], assigned["CustomResourceScope"]));
        Assert.InRange(scope["Name"]!.Length, 10, 64);
    }

    [Fact]
    public void A_role_is_given_for_a_group_when_one_is_named()
    {
        using var exchange = new PretendExchange();
        exchange.Answers["Get-Group"] = _ => PretendExchange.Thing(("DistinguishedName", "CN=O'Hara's,DC=contoso"));
        var commands = RepairScripts.Of(RepairScript.GraphOneMailbox, Facts.Full).Commands.Replace("$group = ''", "$group = 'senders@contoso.com'", StringComparison.Ordinal);

        exchange.Run(commands);

        Assert.Equal("senders@contoso.com", exchange.Calls.Single(c => c.Name == "Get-Group")["Identity"]);
        Assert.Equal("MemberOfGroup -eq 'CN=O''Hara''s,DC=contoso'", exchange.Calls.Single(c => c.Name == "New-ManagementScope")["RecipientRestrictionFilter"]);
    }

    [Fact]
    public void A_second_run_gives_no_role_twice_and_undo_finds_what_was_made()
    {
        using var exchange = new PretendExchange();
        var made = new Dictionary<string, string?>();
        foreach (var thing in (string[])["ManagementScope", "ManagementRoleAssignment"])
        {
            exchange.Answers[$"New-{thing}"] = call => made[thing] = call["Name"];
            exchange.Answers[$"Get-{thing}"] = _ => made.TryGetValue(thing, out var name) ? PretendExchange.Thing(("Name", name!)) : null;
        }

        exchange.Answers["Get-ServicePrincipal"] = _ => App("identity-1");
        var kit = RepairScripts.Of(RepairScript.SmtpRoleAssignment, Facts.Full);

        exchange.Run(kit.Commands);
        exchange.Run(kit.Commands);
        exchange.Run(kit.Undo);

        Assert.Empty(exchange.Errors);
        Assert.Equal(["New-ManagementScope", "New-ManagementRoleAssignment", "Remove-ManagementRoleAssignment", "Remove-ManagementScope"], exchange.Changes);
        Assert.Equal(made["ManagementRoleAssignment"], exchange.Calls.Single(c => c.Name == "Remove-ManagementRoleAssignment")["Identity"]);
        Assert.Equal(made["ManagementScope"], exchange.Calls.Single(c => c.Name == "Remove-ManagementScope")["Identity"]);
    }

    [Fact]
    public void Smtp_auth_is_switched_on_for_the_mailbox_alone_and_back_to_the_tenants()
    {
        using var exchange = new PretendExchange();
        var kit = RepairScripts.Of(RepairScript.SmtpAuthForMailbox, Facts.Full);

        exchange.Run(kit.Commands);
        exchange.Run(kit.Undo);

        var calls = exchange.Calls.Where(c => c.Name == "Set-CASMailbox").ToList();
        Assert.Equal([Facts.Mailbox, Facts.Mailbox], calls.Select(c => c["Identity"]));
        Assert.Equal(["False", null], calls.Select(c => c["SmtpClientAuthenticationDisabled"]));
    }

    [Fact]
    public void Nothing_that_is_verified_changes_anything()
    {
        using var exchange = new PretendExchange();

        foreach (var kit in RepairScripts.All(Facts.Full))
        {
            exchange.Run(kit.Verify);
            Assert.Empty(exchange.Errors);
        }

        Assert.Empty(exchange.Changes);
    }

    [Theory]
    [InlineData("Worldwide", "Connect-ExchangeOnline\n")]
    [InlineData("GccHigh", "Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovGCCHigh\n")]
    [InlineData("DoD", "Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovDoD\n")]
    [InlineData("China", "Connect-ExchangeOnline -ExchangeEnvironmentName O365China\n")]
    public void The_connection_goes_to_the_chosen_cloud(string cloud, string first)
    {
        var facts = Facts.Full with { Cloud = Facts.Clouds.Find(cloud)! };

        Assert.All(RepairScripts.All(facts), kit => Assert.StartsWith(first, kit.Commands, StringComparison.Ordinal));
        Assert.Contains(first.TrimEnd(), KitFile.Text(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_program_cannot_know_stands_in_angle_brackets_with_where_to_find_it()
    {
        var kit = RepairScripts.Of(RepairScript.SmtpMailboxAccess, Facts.Empty);

        Assert.Equal(["Application (client) ID", "Object ID of the enterprise application", "From Email"], kit.ToFillIn);
        Assert.Contains("# Fill in: Entra admin center, Enterprise applications", kit.Commands, StringComparison.Ordinal);
        Assert.Contains("$objectId = '<Object ID of the enterprise application>'", kit.Commands, StringComparison.Ordinal);
        Assert.Empty(RepairScripts.Of(RepairScript.SmtpAuthForMailbox, Facts.Full with { ObjectId = null }).ToFillIn);
    }

    private static System.Management.Automation.PSObject? App(string identity, string objectId = Facts.Object) =>
        PretendExchange.Thing(("AppId", Facts.Client), ("ObjectId", objectId), ("Identity", identity));
}
