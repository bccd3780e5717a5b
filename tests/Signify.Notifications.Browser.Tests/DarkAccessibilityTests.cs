using Signify.Notifications.Browser.Tests.Hosting;

namespace Signify.Notifications.Browser.Tests;

/// <summary>As <see cref="AccessibilityTests"/>, in dark.</summary>
public sealed class DarkAccessibilityTests(SeededProgram shared) : IClassFixture<SeededProgram>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task No_page_of_a_signed_in_person_violates_a_rule(int width) => PageWalk.OfSignedInAsync(shared, dark: true, width);

    [Fact]
    public Task No_page_of_a_stranger_violates_a_rule() => PageWalk.OfStrangerAsync(shared, dark: true, width: 360);
}
