using Signify.Notifications.Settings;

namespace Signify.Notifications.Tests.Settings;

public sealed class MailboxKeyTests
{
    private static readonly string? Own = MailboxKey.From(SignIn.Token, "Worldwide", "hr@contoso.com");

    [Theory]
    [InlineData("Worldwide", "HR@Contoso.COM")]
    [InlineData("world wide", "hr@contoso.com")]
    public void Spellings_of_one_mailbox_have_one_key(string cloud, string address) =>
        Assert.Equal(Own, MailboxKey.From(SignIn.Token, cloud, address));

    [Theory]
    [InlineData("GccHigh", "hr@contoso.com")]
    [InlineData("Worldwide", "hr@fabrikam.com")]
    [InlineData("Worldwide", "payslips@contoso.com")]
    public void Another_cloud_or_address_is_another_mailbox(string cloud, string address) =>
        Assert.NotEqual(Own, MailboxKey.From(SignIn.Token, cloud, address));

    [Theory]
    [InlineData(SignIn.SharedRelay)]
    [InlineData(SignIn.None)]
    [InlineData(SignIn.Password)]
    public void A_relay_has_no_key(SignIn signIn) => Assert.Null(MailboxKey.From(signIn, "Worldwide", "hr@contoso.com"));
}
