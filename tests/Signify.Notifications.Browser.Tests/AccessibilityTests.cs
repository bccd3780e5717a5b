using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>Every page: no violation of WCAG 2.2 AA that axe can find, and nothing wider than the screen. Apart from the dark ones: they take minutes, and run side by side.</summary>
public sealed class AccessibilityTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    [InlineData(1920)]
    public Task No_page_of_a_signed_in_person_violates_a_rule(int width) => PageWalk.OfSignedInAsync(shared, dark: false, width);

    [Fact]
    public Task No_page_of_a_stranger_violates_a_rule() => PageWalk.OfStrangerAsync(shared, dark: false, width: 1280);

    [Fact]
    public async Task The_rules_see_a_fault()
    {
        await using var ada = await shared.SignedInAsync(new PersonOptions());
        await ada.Page.GotoAsync("/overview");
        await ada.Page.EvaluateAsync("document.querySelector('h1').style.color = '#eee'; document.documentElement.removeAttribute('lang')");

        var violations = await ada.Page.ViolationsAsync();

        Assert.Contains(violations, v => v.StartsWith("color-contrast: ", StringComparison.Ordinal) && v.Contains("<h1", StringComparison.Ordinal));
        Assert.Contains(violations, v => v.StartsWith("html-has-lang: ", StringComparison.Ordinal));
    }
}
