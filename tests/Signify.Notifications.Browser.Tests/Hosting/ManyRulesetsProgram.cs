using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Delivery;
using Signify.Notifications.Findings;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>An administrator with a dozen rulesets: names short and very long, one that is held, one with a queue.</summary>
public sealed class ManyRulesetsProgram : SeededProgram
{
    public const string Longest = "Gemeinschaftsunternehmen für Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtenangelegenheiten und Verwaltung GmbH & Co. KG";

    private static readonly string[] Names = ["Fabrikam", "Adventure Works", "Northwind Traders", "Tailspin Toys", "Wide World Importers", "Litware", "Proseware", "Trey Research", "Woodgrove Bank", "Alpine Ski House", Longest];

    public Guid Fabrikam { get; private set; }

    protected override async Task StartAsync()
    {
        await base.StartAsync();
        await using var db = Open();
        var now = TimeProvider.System.GetUtcNow();
        var stop = TestContext.Current.CancellationToken;
        var ada = await db.Set<User>().Select(u => u.Id).SingleAsync(stop);
        foreach (var name in Names)
        {
            var ruleset = new Ruleset { Id = Guid.CreateVersion7(now), Name = name, CreatedAt = now };
            var held = name == "Litware";
            var mailbox = new Mailbox { RulesetId = ruleset.Id, Hold = held ? Hold.Blocked : Hold.None, HeldAt = held ? now : null, HoldCode = held ? FindingCode.TenantBlocked : null };
            db.AddRange(ruleset, mailbox);
            await db.SaveChangesAsync(stop);
            db.Add(new RulesetMember { RulesetId = ruleset.Id, UserId = ada, Role = name == "Proseware" ? MemberRole.Viewer : MemberRole.Administrator });
            await db.SaveChangesAsync(stop);
            if (name == "Fabrikam")
            {
                Fabrikam = ruleset.Id;
                await new DeliverySeed(db, now, mailbox.Id).MailingAsync("Fabrikam's news", MailingState.Active, TimeSpan.FromMinutes(5), [(NotificationState.Queued, 120)]);
            }
        }
    }
}
