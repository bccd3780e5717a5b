using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>Every page: no violation of WCAG 2.2 AA that axe can find, and nothing wider than the screen, in light and in dark.</summary>
public sealed class AccessibilityTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    [Fact]
    public Task No_page_of_a_signed_in_person_violates_a_rule() =>
        PageWalk.OfSignedInAsync(shared, [new(1280), new(360), new(1920), new(1280, Dark: true), new(360, Dark: true)]);

    [Fact]
    public Task No_page_of_a_stranger_violates_a_rule() => PageWalk.OfStrangerAsync(shared, [new(1280), new(360, Dark: true)]);

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
