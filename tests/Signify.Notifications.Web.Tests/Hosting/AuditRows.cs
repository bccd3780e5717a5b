using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Audit;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Tests.Hosting;

public static class AuditRows
{
    /// <summary>The audit log of the default ruleset, newest first.</summary>
    public static Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(this TestProgram program) =>
        program.Services.GetRequiredService<AuditLog>().ReadAsync(Ruleset.DefaultId, olderThan: null, most: 1000, TestContext.Current.CancellationToken);
}
