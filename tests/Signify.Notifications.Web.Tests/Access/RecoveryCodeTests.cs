using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>Recovery codes are hashed: who has the database and the key ring has no code.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class RecoveryCodeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_stored_holds_no_code_even_with_the_key_ring()
    {
        await using var program = await TestProgram.StartAsync();
        var (_, codes) = await SecondStepTests.SetUpAsync(program);

        var stored = await OpenAsync(program);

        Assert.StartsWith("pbkdf2-sha512;", stored, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code, stored, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Codes_of_an_earlier_version_are_hashed_and_still_sign_in_once()
    {
        await using var program = await TestProgram.StartAsync();
        await SecondStepTests.SetUpAsync(program);
        await StoreAsync(program, "AAAAA-11111;BBBBB-22222;CCCCC-33333");
        Assert.True(await EntersAsync(program, "AAAAA-11111"));
        await StoreAsync(program, "BBBBB-22222;CCCCC-33333");

        var upgraded = await Upgrade(program).HashAllAsync(Ct);
        var again = await Upgrade(program).HashAllAsync(Ct);

        Assert.Equal((1, 0), (upgraded, again));
        Assert.DoesNotContain("BBBBB", await OpenAsync(program), StringComparison.Ordinal);
        Assert.True(await EntersAsync(program, "BBBBB-22222"));
        Assert.False(await EntersAsync(program, "BBBBB-22222"));
        Assert.True(await EntersAsync(program, "CCCCC-33333"));
    }

    [Fact]
    public async Task Codes_that_no_key_opens_stay_as_they_are()
    {
        await using var program = await TestProgram.StartAsync();
        await SecondStepTests.SetUpAsync(program);
        await using var db = program.NewContext();
        await Codes(db).ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, "closed by a lost key"), Ct);

        Assert.Equal(0, await Upgrade(program).HashAllAsync(Ct));
        Assert.Equal("closed by a lost key", (await Codes(db).SingleAsync(Ct)).Value);
    }

    private static RecoveryCodeUpgrade Upgrade(TestProgram program) =>
        program.Services.GetServices<IHostedService>().OfType<RecoveryCodeUpgrade>().Single();

    private static async Task<bool> EntersAsync(TestProgram program, string code)
    {
        var browser = program.NewBrowser();
        var asked = await browser.SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword);
        return (await browser.SubmitAsync(asked, "#recovery", ("Code", code))).Address.AbsolutePath != "/account/twofactor";
    }

    private static async Task<string> OpenAsync(TestProgram program)
    {
        await using var db = program.NewContext();
        var token = await Codes(db).AsNoTracking().SingleAsync(Ct);
        return UserStore.Protector(program.Services.GetRequiredService<IDataProtectionProvider>(), token.UserId, token.Name).Unprotect(token.Value!);
    }

    /// <summary>As an earlier version stored them.</summary>
    private static async Task StoreAsync(TestProgram program, string codes)
    {
        await using var db = program.NewContext();
        var token = await Codes(db).SingleAsync(Ct);
        token.Value = UserStore.Protector(program.Services.GetRequiredService<IDataProtectionProvider>(), token.UserId, token.Name).Protect(codes);
        await db.SaveChangesAsync(Ct);
    }

    private static IQueryable<IdentityUserToken<Guid>> Codes(Persistence.NotificationsDbContext db) =>
        db.Set<IdentityUserToken<Guid>>().Where(t => t.Name == UserStore.RecoveryCodesName);
}
