using CsCheck;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Tests.Checks;

public sealed class ExchangeCommandsTests
{
    private const string SingleQuotes = "'\u2018\u2019\u201A\u201B";

    [Theory]
    [InlineData("hr@contoso.com", "'hr@contoso.com'")]
    [InlineData("o'brien@contoso.com", "'o''brien@contoso.com'")]
    [InlineData("o\u2019brien", "'o\u2019\u2019brien'")]
    [InlineData("'; Remove-Mailbox x; '", "'''; Remove-Mailbox x; '''")]
    [InlineData("$(Get-Date) `n \"x\"", "'$(Get-Date) `n \"x\"'")]
    [InlineData("a\r\nRemove-Mailbox x\n", "'aRemove-Mailbox x'")]
    public void A_value_stays_text_whatever_it_holds(string value, string quoted)
    {
        Assert.Equal(quoted, ExchangeCommands.Quote(value));
    }

    [Fact]
    public void Reading_a_quoted_value_as_powershell_does_gives_it_back()
    {
        var text = Gen.OneOf(Gen.String, Gen.Char[SingleQuotes + "\"$()`;\r\n ab"].Array.Select(chars => new string(chars)));

        text.Sample(value => ReadAsPowerShell(ExchangeCommands.Quote(value)) == string.Concat(value.Where(c => !char.IsControl(c))));
    }

    [Fact]
    public void The_commands_name_the_app_the_service_principal_and_the_mailbox()
    {
        var settings = new NotificationSettings { SignIn = SignIn.Token, ClientId = "client-1", FromEmail = "o'hara@contoso.com" };

        Assert.Equal(
            """
            Connect-ExchangeOnline
            New-ServicePrincipal -AppId 'client-1' -ObjectId 'object-1' -DisplayName 'Signify Notifications'
            Add-MailboxPermission -Identity 'o''hara@contoso.com' -User 'object-1' -AccessRights FullAccess
            """,
            ExchangeCommands.LetAppIn(settings, "object-1"));
    }

    // PowerShell ends a single-quoted text at any kind of single quote that is not followed by another.
    private static string? ReadAsPowerShell(string source)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 1; i < source.Length; i++)
        {
            if (!SingleQuotes.Contains(source[i], StringComparison.Ordinal))
            {
                text.Append(source[i]);
            }
            else if (i + 1 < source.Length && SingleQuotes.Contains(source[i + 1], StringComparison.Ordinal))
            {
                text.Append(source[i++]);
            }
            else
            {
                return i == source.Length - 1 ? text.ToString() : null;
            }
        }

        return null;
    }
}
