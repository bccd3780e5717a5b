using Signify.Notifications.Web.Pages;

namespace Signify.Notifications.Web.Tests.Pages;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("adele.vance@contoso.com", "AV")]
    [InlineData("someone", "SO")]
    [InlineData("x", "X")]
    [InlineData("Anna Maria Roth", "AR")]
    [InlineData("@", "?")]
    public void Two_letters_stand_for_a_name(string name, string letters) => Assert.Equal(letters, Initials.Of(name));
}
