using System.Text;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Tests.Delivery.HandIn;

/// <summary>Lists as people paste and export them: each address becomes a recipient, or its line is refused by its number.</summary>
public sealed class PastedRecipientsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("anna@contoso.com; bert@contoso.com; carla@contoso.com")]
    [InlineData("anna@contoso.com, bert@contoso.com, carla@contoso.com")]
    [InlineData("anna@contoso.com,bert@contoso.com;carla@contoso.com;")]
    [InlineData("anna@contoso.com\tbert@contoso.com\tcarla@contoso.com")]
    [InlineData("anna@contoso.com bert@contoso.com carla@contoso.com")]
    [InlineData("anna@contoso.com|bert@contoso.com|carla@contoso.com")]
    [InlineData("anna@contoso.com；bert@contoso.com，carla@contoso.com")]
    [InlineData("anna@contoso.com;;  ;bert@contoso.com;\r\n\r\ncarla@contoso.com")]
    [InlineData("anna@contoso.com\rbert@contoso.com\rcarla@contoso.com\r")]
    [InlineData("Anna Berg <anna@contoso.com>; Bert Cole <bert@contoso.com>; Carla <carla@contoso.com>")]
    [InlineData("Berg, Anna <anna@contoso.com>; Cole, Bert <bert@contoso.com>; carla@contoso.com")]
    [InlineData("Berg, Anna <anna@contoso.com>, Cole, Bert <bert@contoso.com>, carla@contoso.com")]
    [InlineData("\"Berg; Anna\" <anna@contoso.com>; 'Bert Cole' <bert@contoso.com>, <carla@contoso.com>")]
    [InlineData("Anna Berg <anna@contoso.com> Bert Cole <bert@contoso.com> Carla <carla@contoso.com>")]
    [InlineData("'anna@contoso.com' <anna@contoso.com>; 'bert@contoso.com' <bert@contoso.com>; carla@contoso.com")]
    [InlineData("anna@contoso.com<mailto:anna@contoso.com>; bert@contoso.com<mailto:bert@contoso.com>;carla@contoso.com")]
    [InlineData("• anna@contoso.com\n• bert@contoso.com\n• carla@contoso.com")]
    [InlineData("\"anna@contoso.com\",\"bert@contoso.com\",\"carla@contoso.com\"")]
    [InlineData("SMTP:anna@contoso.com;smtp:bert@contoso.com;smtp:carla@contoso.com")]
    [InlineData("Recipients\nanna@contoso.com; bert@contoso.com\ncarla@contoso.com")]
    [InlineData("\uFEFFanna@contoso.com;\u200Bbert@contoso.com;\u00A0carla@contoso.com\u200E")]
    public async Task Every_address_of_a_line_is_a_recipient(string list) =>
        Assert.Equal(["anna@contoso.com", "bert@contoso.com", "carla@contoso.com"], (await AcceptedAsync(list)).Select(r => r.Address));

    [Theory]
    [InlineData("anna@contoso.com\nbert@contoso.com; Carla; dora@contoso.com", 2)]
    [InlineData("Anna,anna@contoso.com,boss@contoso.com", 1)]
    [InlineData("anna@contoso.com\n\nbert@contoso.com and carla@contoso.com", 3)]
    [InlineData("anna@contoso.com/bert@contoso.com", 1)]
    [InlineData("bert@contoso.com <anna@contoso.com>", 1)]
    [InlineData("email,team\nanna@contoso.com;bert@contoso.com,HR", 2)]
    [InlineData("email,team,\nanna@contoso.com,HR,bert@contoso.com", 2)]
    [InlineData("email;team\nanna@contoso.com;HR;bert@contoso.com", 2)]
    [InlineData("email,team\n\"anna@contoso.com, bert@contoso.com\",HR", 2)]
    [InlineData("anna.contoso.com\nbert@contoso.com", 1)]
    public async Task A_line_whose_addresses_are_not_certain_is_refused_by_its_number(string list, long line)
    {
        var rows = await RowsAsync(list);

        var refused = Assert.Single(rows, r => r.Fault is not null || !RecipientAddress.TryParse(r.To, out _, out _));
        Assert.Equal(line, refused.Line);
    }

    [Theory]
    [InlineData("anna@contoso.com;Anna")]
    [InlineData("Anna\tBerg\tanna@contoso.com")]
    [InlineData("Anna,\"HR, North\",anna@contoso.com,42")]
    public async Task A_row_without_headings_and_with_one_address_is_that_address(string list) =>
        Assert.Equal("anna@contoso.com", Assert.Single(await AcceptedAsync(list)).Address);

    [Theory]
    [InlineData("email,team\n\"Berg, Anna <anna@contoso.com>\",HR")]
    [InlineData("email,team\nBerg, Anna <anna@contoso.com>,HR")]
    [InlineData("team,email\nHR,Berg, Anna <anna@contoso.com>")]
    [InlineData("email,team\n\"Berg, Anna\" <anna@contoso.com>,HR")]
    [InlineData("team;email\nHR;Berg, Anna <anna@contoso.com>")]
    [InlineData("email;team\n\"\"\"Berg, Anna\"\" <anna@contoso.com>\";HR")]
    public async Task A_comma_in_a_display_name_shifts_no_column(string list)
    {
        var row = Assert.Single(await RowsAsync(list));

        Assert.Null(row.Fault);
        Assert.True(RecipientAddress.TryParse(row.To, out var address, out var fault), fault);
        Assert.Equal(new RecipientAddress("anna@contoso.com", "Berg, Anna"), address);
        Assert.Equal("""{"team":"HR"}""", row.Fields);
    }

    [Theory]
    [InlineData(
        "#TYPE Selected.PSCustomObject\r\n\"DisplayName\",\"PrimarySmtpAddress\"\r\n\"Anna\",\"anna@contoso.com\"\r\n",
        "PrimarySmtpAddress", 3)]
    [InlineData("\uFEFF#TYPE Microsoft.ActiveDirectory.Management.ADUser\n\"Name\",\"mail\"\n\"Anna\",\"anna@contoso.com\"\n", "mail", 3)]
    [InlineData("sep=;\nDisplayName;E-Mail-Adresse\nAnna;anna@contoso.com", "E-Mail-Adresse", 3)]
    [InlineData("\"sep=,\"\r\nDisplayName,Work Email\r\nAnna,anna@contoso.com", "Work Email", 3)]
    [InlineData("sep=\t\nDisplayName\tAdresse électronique\nAnna\tanna@contoso.com", "Adresse électronique", 3)]
    [InlineData("SEP=|\n\nDisplayName|EmailAddress\nAnna|anna@contoso.com", "EmailAddress", 4)]
    [InlineData("\n;;\nDisplayName;UserPrincipalName\nAnna;anna@contoso.com\n;;\n", "UserPrincipalName", 4)]
    [InlineData("DisplayName,メールアドレス\nAnna,anna@contoso.com", "メールアドレス", 2)]
    [InlineData("Display-Name;Kontakt\nAnna;anna@contoso.com", "Kontakt", 2)]
    public async Task The_column_whose_cells_are_addresses_is_the_address_column(string list, string heading, long line)
    {
        var (head, rows) = await ReadAsync(list);

        Assert.Null(head.Fault);
        Assert.Equal(heading, head.AddressColumn);
        Assert.Equal((line, "anna@contoso.com"), (rows.Single().Line, rows.Single().To));
        Assert.Contains("Anna", rows.Single().Fields, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UserPrincipalName,PrimarySmtpAddress\nanna@contoso.onmicrosoft.com,anna@contoso.com")]
    [InlineData("email,manager\nanna@contoso.com,boss@contoso.com")]
    [InlineData("Work Email;Private Email\nanna@contoso.com;anna@home.example\nbert@contoso.com;")]
    public async Task Between_two_columns_of_addresses_nothing_is_guessed(string list)
    {
        var (head, rows) = await ReadAsync(list);

        Assert.Empty(rows);
        Assert.All(list.Split('\n')[0].Split(',', ';'), heading => Assert.Contains(heading, head.Fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_in_a_remark_does_not_make_its_column_an_address_column()
    {
        var (head, _) = await ReadAsync(
            "Contact,Note\nanna@contoso.com,moved\nbert@contoso.com,ask boss@contoso.com\ncarla@contoso.com,\ndora@contoso.com,new");

        Assert.Equal(("Contact", null), (head.AddressColumn, head.Fault));
    }

    [Theory]
    [InlineData("PK\u0003\u0004[Content_Types].xml")]
    [InlineData("e\0m\0a\0i\0l\0\n\0a\0")]
    public async Task A_workbook_or_another_encoding_is_named(string list) =>
        Assert.Contains("CSV UTF-8", (await ReadAsync(list)).Head.Fault, StringComparison.Ordinal);

    private static async Task<List<RecipientAddress>> AcceptedAsync(string list)
    {
        var accepted = new List<RecipientAddress>();
        foreach (var row in await RowsAsync(list))
        {
            Assert.Null(row.Fault);
            Assert.True(RecipientAddress.TryParse(row.To, out var address, out var fault), fault);
            accepted.Add(address);
        }

        return accepted;
    }

    private static async Task<List<NewRecipient>> RowsAsync(string list) => (await ReadAsync(list)).Rows;

    private static async Task<(ListHead Head, List<NewRecipient> Rows)> ReadAsync(string list)
    {
        using var table = await RecipientTable.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(list)), Ct);
        return (table.Head, await table.ReadAsync(Ct).ToListAsync(Ct));
    }
}
