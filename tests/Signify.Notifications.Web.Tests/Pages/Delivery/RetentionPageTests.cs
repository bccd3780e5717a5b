using System.Net;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RetentionPageTests
{
    [Fact]
    public async Task The_days_are_set_and_given_back_to_the_default()
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var set = await ada.SubmitAsync(await ada.GetAsync("/gear/ruleset/retention"), "#Days", ("Days", " 45 "));
        var given = await ada.SubmitAsync(set, "#Days", ("Days", ""));

        Assert.Contains("kept for 45 days", set.Find(".status-line").TextContent, StringComparison.Ordinal);
        Assert.Contains("the operator's default", given.Find(".status-line").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("4000")]
    [InlineData("soon")]
    public async Task What_is_no_number_of_days_is_said_at_the_field(string typed)
    {
        await using var program = await SeededProgram.EmptyAsync();
        var ada = await program.SignedInAsync();

        var refused = await ada.SubmitAsync(await ada.GetAsync("/gear/ruleset/retention"), "#Days", ("Days", typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("true", refused.Find("#Days").GetAttribute("aria-invalid"));
        Assert.Contains("1 to 3,650", refused.Find("#Days-error").TextContent, StringComparison.Ordinal);
    }
}
