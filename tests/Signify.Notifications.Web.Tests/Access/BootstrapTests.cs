using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class BootstrapTests
{
    [Fact]
    public async Task The_configured_administrator_signs_in_and_no_link_is_printed()
    {
        await using var program = await TestProgram.StartAsync();

        await program.SignedInAsync();

        Assert.DoesNotContain("/setup#token=", program.Log.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await program.NewBrowser().OpenLinkAsync("/setup#token=none")).Status);
    }

    [Fact]
    public async Task It_is_used_once_so_that_a_stale_entry_never_brings_an_account_or_a_key_back()
    {
        var data = Directory.CreateTempSubdirectory("signify-test-");
        try
        {
            await using (await TestProgram.StartAsync(new TestProgramOptions { DataDirectory = data.FullName }))
            {
            }

            await using var again = await TestProgram.StartAsync(new TestProgramOptions
            {
                DataDirectory = data.FullName,
                Settings = new Dictionary<string, string>
                {
                    ["Bootstrap:AdminEmail"] = "other@contoso.example",
                    ["Bootstrap:AdminPassword"] = "some other long password",
                    ["Bootstrap:ApiKey"] = "another-key-0123456789-abcdef",
                },
            });

            await again.SignedInAsync();
            var refused = await again.NewBrowser().SignInAsync("other@contoso.example", "some other long password");
            Assert.Equal("/account/signin", refused.Address.AbsolutePath);
            Assert.Null(await again.Services.GetRequiredService<ApiKeys>().RecogniseAsync("another-key-0123456789-abcdef", TestContext.Current.CancellationToken));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_configured_key_has_all_scopes_on_the_default_ruleset_and_only_its_hash_is_stored()
    {
        await using var program = await TestProgram.StartAsync();

        var key = await program.Services.GetRequiredService<ApiKeys>().RecogniseAsync(TestProgram.ApiKey, TestContext.Current.CancellationToken);

        Assert.Equal((Ruleset.DefaultId, ApiKeyScopes.All), (key!.RulesetId, key.Scopes));
        Assert.DoesNotContain(TestProgram.ApiKey, program.ReadDatabaseFiles(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestProgram.ApiKey, program.Log.Text, StringComparison.Ordinal);
    }
}
