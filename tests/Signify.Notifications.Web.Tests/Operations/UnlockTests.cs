using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The command for a sole administrator who is locked out.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class UnlockTests
{
    [Fact]
    public async Task It_unlocks_the_account_and_is_in_the_audit_log()
    {
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            await using (var before = await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName }))
            {
                for (var failure = 1; failure <= 5; failure++)
                {
                    await before.NewBrowser().SignInAsync(TestProgram.AdminEmail, "not the password at all");
                }

                Assert.Contains("locked", (await before.NewBrowser().SignInAsync(TestProgram.AdminEmail, TestProgram.AdminPassword)).Text, StringComparison.Ordinal);
            }

            var unlocked = await ProgramCommand.SucceedsAsync("unlock", TestProgram.AdminEmail.ToUpperInvariant(), $"--Data:Directory={data.FullName}");
            var again = await ProgramCommand.SucceedsAsync("unlock", TestProgram.AdminEmail, $"--Data:Directory={data.FullName}");
            var unknown = await ProgramCommand.RunAsync("unlock", "nobody@contoso.example", $"--Data:Directory={data.FullName}");
            var missing = await ProgramCommand.RunAsync("unlock", $"--Data:Directory={data.FullName}");

            Assert.EndsWith("is unlocked.", unlocked.Trim(), StringComparison.Ordinal);
            Assert.Contains("was not locked", again, StringComparison.Ordinal);
            Assert.Equal((1, "Cannot unlock: No account has the address nobody@contoso.example."), (unknown.Code, unknown.Error.Trim()));
            Assert.Equal(1, missing.Code);
            Assert.Contains("unlock EMAIL", missing.Error, StringComparison.Ordinal);
            await using var after = await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName });
            await after.SignedInAsync();
            Assert.Contains(await after.ReadAuditAsync(), r => (r.By, r.Action, r.Details) == ("operator", AuditAction.UserChanged, "unlocked by the command line"));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
