using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>The lock after failed sign-ins: the same for addresses with and without an account, bounded, and no bar to a passkey.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class LockTests
{
    private const string Nobody = "nobody@contoso.example";
    private const string Wrong = "not the password at all";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestProgram.AdminEmail)]
    [InlineData(Nobody)]
    public async Task Failures_count_on_over_a_restart_and_lock_for_15_minutes_from_the_fifth(string email)
    {
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            await using (var before = await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName }))
            {
                Assert.Equal([false, false, false], await TryAsync(before, email, 3));
            }

            await using var after = await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName });

            Assert.Equal([false, true, true], await TryAsync(after, email, 3));
            await PassAsync(after, email);
            Assert.Equal([false, false, false, false, true], await TryAsync(after, email, 5));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Any_number_of_unknown_accounts_leaves_the_locks_of_known_ones_and_is_bounded()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var program = await TestProgram.StartAsync(new TestProgramOptions { Clock = clock });
        var unknown = program.Services.GetRequiredService<UnknownAccounts>();
        await TryAsync(program, TestProgram.AdminEmail, 5);
        for (var i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await unknown.NoteFailureAsync($"NOBODY{i}@CONTOSO.EXAMPLE", 1, FailedAttempts.LockTime, Ct);
        }

        await unknown.TrimAsync(5, Ct);

        Assert.Equal(5, await RowsAsync(program));
        Assert.True(await unknown.IsLockedAsync("NOBODY19@CONTOSO.EXAMPLE", Ct));
        Assert.False(await unknown.IsLockedAsync("NOBODY0@CONTOSO.EXAMPLE", Ct));
        Assert.Equal([true], await TryAsync(program, TestProgram.AdminEmail, 1));
        clock.Advance(TimeSpan.FromDays(31));
        await unknown.TrimAsync(5, Ct);
        Assert.Equal(0, await RowsAsync(program));
    }

    [Fact]
    public async Task What_was_typed_for_an_unknown_account_is_not_stored()
    {
        await using var program = await TestProgram.StartAsync();

        await program.NewBrowser().SignInAsync("a-password-typed@wrong.field", Wrong);

        Assert.Equal(1, await RowsAsync(program));
        Assert.DoesNotContain("typed@wrong", program.ReadDatabaseFiles(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_lock_does_not_bar_a_passkey()
    {
        await using var program = await TestProgram.StartAsync();
        using var device = new SoftwareAuthenticator("http://localhost");
        await (await program.SignedInAsync()).AddPasskeyAsync(device);
        Assert.True((await TryAsync(program, TestProgram.AdminEmail, 5))[^1]);

        var page = await program.NewBrowser().SignInByPasskeyAsync(device);

        Assert.NotEqual("/account/signin", page.Address.AbsolutePath);
    }

    private static async Task<List<bool>> TryAsync(TestProgram program, string email, int times)
    {
        var locked = new List<bool>();
        for (var i = 0; i < times; i++)
        {
            locked.Add((await program.NewBrowser().SignInAsync(email, Wrong)).Text.Contains("locked for 15 minutes", StringComparison.Ordinal));
        }

        return locked;
    }

    /// <summary>Lets the lock be over, which Identity compares with the machine's own clock.</summary>
    private static async Task PassAsync(TestProgram program, string email)
    {
        await using var db = program.NewContext();
        var over = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var changed = email == Nobody
            ? await db.Set<UnknownAccount>().Where(a => a.LockedUntil > over.AddMinutes(14)).ExecuteUpdateAsync(set => set.SetProperty(a => a.LockedUntil, over), Ct)
            : await db.Set<User>().Where(u => u.LockoutEnd > over.AddMinutes(14)).ExecuteUpdateAsync(set => set.SetProperty(u => u.LockoutEnd, over), Ct);
        Assert.Equal(1, changed);
    }

    private static async Task<int> RowsAsync(TestProgram program)
    {
        await using var db = program.NewContext();
        return await db.Set<UnknownAccount>().CountAsync(Ct);
    }
}
