using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Access;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RefusalLogTests
{
    private const string Settings = "/api/v1/settings";

    [Fact]
    public async Task A_refused_key_is_logged_with_the_callers_address_and_its_public_prefix_alone()
    {
        await using var program = await StartAsync("203.0.113.9");
        var key = "sgn_AbCdEf" + OneTimeToken.New()[6..];

        await program.GetAsync(Settings, key);

        var line = Assert.Single(Lines(program));
        Assert.Contains("An API key (sgn_AbCdEf) from 203.0.113.9 was refused: GET /api/v1/settings", line, StringComparison.Ordinal);
        Assert.DoesNotContain(key[10..], program.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a password that somebody pasted here")]
    [InlineData("sgn_short")]
    [InlineData("sgn_AbCdEf and what follows is no key of this program at all")]
    public async Task Of_text_that_is_no_key_of_this_program_nothing_is_logged(string text)
    {
        await using var program = await StartAsync("203.0.113.9");

        await program.GetAsync(Settings, text);

        Assert.Contains("An API key (unknown form) from 203.0.113.9", Assert.Single(Lines(program)), StringComparison.Ordinal);
        Assert.DoesNotContain(text, program.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_scope_and_a_missing_role_are_logged_with_the_callers_address()
    {
        await using var program = await StartAsync("203.0.113.9");
        var key = await program.NewKeyAsync("reader", ApiKeyScopes.Read);
        var vera = await program.SignedInViewerAsync();

        await program.PostAsync("/api/v1/settings/check", key: key);
        await vera.GetAsync("/gear/system/auditlog");

        Assert.Collection(Lines(program),
            line => Assert.Contains("an API key from 203.0.113.9 was refused for lack of rights: POST /api/v1/settings/check", line, StringComparison.OrdinalIgnoreCase),
            line => Assert.Matches("user [0-9a-f-]{36} from 203.0.113.9 was refused for lack of rights: GET Gear/System/AuditLog", line));
    }

    [Fact]
    public async Task The_log_cannot_be_flooded_and_says_how_many_were_left_out()
    {
        await using var program = await StartAsync("203.0.113.9");

        for (var i = 0; i < 50; i++)
        {
            await program.GetAsync(Settings, $"wrong-key-{i}");
        }

        // A minute may begin in between: five lines for each.
        Assert.InRange(Lines(program).Count, 5, 15);
    }

    [Fact]
    public async Task What_is_allowed_is_not_logged()
    {
        await using var program = await StartAsync("203.0.113.9");

        await program.GetAsync(Settings);
        await program.GetAsync(Settings, key: null);

        Assert.Empty(Lines(program));
    }

    private static List<string> Lines(TestProgram program) => [.. program.Log.Lines.Where(l => l.Contains("RefusalLog", StringComparison.Ordinal))];

    private static Task<TestProgram> StartAsync(string address) => TestProgram.StartAsync(new TestProgramOptions
    {
        Services = services => services.AddSingleton<IStartupFilter>(new CameFrom(IPAddress.Parse(address))),
    });
}
