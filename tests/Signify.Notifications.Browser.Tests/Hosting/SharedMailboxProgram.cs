using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Access;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>An administrator with two rulesets; the first sends from a mailbox, the second has no settings yet.</summary>
public sealed class SharedMailboxProgram : SeededProgram
{
    public Guid Payroll { get; private set; }

    protected override async Task StartAsync()
    {
        await base.StartAsync();
        await using var db = Open();
        var now = TimeProvider.System.GetUtcNow();
        var ada = await db.Set<User>().Select(u => u.Id).SingleAsync(TestContext.Current.CancellationToken);
        var ruleset = new Ruleset { Id = Guid.CreateVersion7(now), Name = "Payroll", CreatedAt = now };
        db.AddRange(ruleset, new RulesetMember { RulesetId = ruleset.Id, UserId = ada, Role = MemberRole.Administrator });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Payroll = ruleset.Id;
    }
}
