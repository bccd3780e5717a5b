using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access;
using Signify.Notifications.Audit;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class MembersTests
{
    private const string SecondAdmin = "bert@contoso.example";

    [Theory]
    [InlineData("#role")]
    [InlineData("#remove")]
    public async Task The_last_administrator_can_be_neither_demoted_nor_removed(string form)
    {
        await using var program = await TestProgram.StartAsync();
        var admin = await program.SignedInAsync();

        var refused = await admin.SubmitAsync(await OpenAsync(admin, TestProgram.AdminEmail), form, ("role", "Viewer"));

        Assert.Contains("This is the last administrator", refused.Text, StringComparison.Ordinal);
        Assert.Equal(MemberRole.Administrator, Assert.Single(await ListAsync(program)).Role);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_administrators_who_take_each_other_out_at_once_leave_one(bool remove)
    {
        await using var program = await TestProgram.StartAsync();
        await program.AddUserAsync(await program.SignedInAsync(), SecondAdmin, "Administrator");
        var (first, second) = (await IdAsync(program, TestProgram.AdminEmail), await IdAsync(program, SecondAdmin));
        var other = program.Services.GetRequiredService<Members>();
        var winner = MemberChange.NotFound;
        // The other's change happens when this one has begun and not yet opened its transaction.
        var overtaken = new Members(
            new Contexts(program, new RunBeforeFirstTransaction(async () => winner = await TakeOutAsync(other, first))),
            program.Services.GetRequiredService<AuditLog>());

        var loser = await TakeOutAsync(overtaken, second);

        Assert.Equal(MemberChange.Done, winner);
        Assert.Equal(MemberChange.LastAdministrator, loser);
        Assert.Single(await ListAsync(program), m => m.Role == MemberRole.Administrator);

        Task<MemberChange> TakeOutAsync(Members members, Guid user) => remove
            ? members.RemoveAsync(Ruleset.DefaultId, user, "a test", TestContext.Current.CancellationToken)
            : members.ChangeRoleAsync(Ruleset.DefaultId, user, MemberRole.Viewer, "a test", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_changed_role_takes_effect_within_a_minute_without_signing_out()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var admin = await program.SignedInAsync();
        await program.AddUserAsync(admin, SecondAdmin, "Administrator");
        var second = await program.SignedInAsync(SecondAdmin, TestProgram.ViewerPassword);
        var keys = await second.GetAsync("/gear/access/apikeys");

        var changed = await admin.SubmitAsync(await OpenAsync(admin, SecondAdmin), "#role", ("role", "Viewer"));
        clock.Advance(TimeSpan.FromMinutes(1));
        var refused = await second.SubmitAsync(keys, "#make-key", ("Name", "late"), ("Scopes", "Read"));

        Assert.Contains("The role is changed", changed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Empty((await second.GetAsync("/gear/access/apikeys")).Document.QuerySelectorAll("#make-key"));
    }

    [Fact]
    public async Task A_removed_user_is_out_within_a_minute_and_leaves_no_rows()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var viewer = await program.SignedInViewerAsync();
        var admin = await program.SignedInAsync();

        await admin.SubmitAsync(await OpenAsync(admin, TestProgram.ViewerEmail), "#remove");
        clock.Advance(TimeSpan.FromMinutes(1));
        var page = await viewer.GetAsync("/gear/access/users");

        Assert.Equal("/account/signin", page.Address.AbsolutePath);
        await using var db = await program.Services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await db.Set<User>().CountAsync(TestContext.Current.CancellationToken));
        var removed = (await program.ReadAuditAsync()).First(r => r.Action == AuditAction.UserRemoved);
        Assert.Equal((TestProgram.AdminEmail, $"user {TestProgram.ViewerEmail}"), (removed.By, removed.Target));
    }

    private static async Task<BrowserPage> OpenAsync(BrowserClient admin, string email)
    {
        var users = await admin.GetAsync("/gear/access/users");
        return await admin.GetAsync(users.Document.Links().Single(l => l.TextContent == email).GetAttribute("href")!);
    }

    private static Task<IReadOnlyList<Member>> ListAsync(TestProgram program) =>
        program.Services.GetRequiredService<Members>().ListAsync(Ruleset.DefaultId, TestContext.Current.CancellationToken);

    private static async Task<Guid> IdAsync(TestProgram program, string email) => (await ListAsync(program)).Single(m => m.Email == email).UserId;

    private sealed class Contexts(TestProgram program, IInterceptor interceptor) : IDbContextFactory<NotificationsDbContext>
    {
        public NotificationsDbContext CreateDbContext()
        {
            using var like = program.NewContext();
            return SecondConnection.NewContext(like, interceptor);
        }
    }

    private sealed class RunBeforeFirstTransaction(Func<Task> run) : DbTransactionInterceptor
    {
        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            await run();
            return result;
        }
    }
}
