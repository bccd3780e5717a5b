using System.Text;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Tests.Delivery.HandIn;

public sealed class RecipientTableTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("email,First name\na@contoso.com,Anna\nb@contoso.com,\"Berta, B\"\n")]
    [InlineData("\uFEFFemail;First name\r\na@contoso.com;Anna\r\nb@contoso.com;Berta, B")]
    [InlineData("First name\tE-Mail\nAnna\ta@contoso.com\nBerta, B\tb@contoso.com\n")]
    [InlineData("First name|to\n Anna | a@contoso.com \n\"Berta, B\"|b@contoso.com")]
    public async Task A_table_is_read_whatever_separates_its_values(string text)
    {
        var (head, rows) = await ReadAsync(text);

        Assert.Equal(["first_name"], head.Columns);
        Assert.Equal(["a@contoso.com", "b@contoso.com"], rows.Select(r => r.To));
        Assert.Equal(["""{"first_name":"Anna"}""", """{"first_name":"Berta, B"}"""], rows.Select(r => r.Fields));
        Assert.Equal([2L, 3], rows.Select(r => r.Line));
    }

    [Fact]
    public async Task Plain_addresses_need_no_heading()
    {
        var (head, rows) = await ReadAsync("a@contoso.com\n\nAnna <b@contoso.com>\n");

        Assert.Equal((0, null, null), (head.Columns.Count, head.AddressColumn, head.Fault));
        Assert.Equal([(1L, "a@contoso.com", null), (3, "Anna <b@contoso.com>", null)], rows.Select(r => (r.Line, r.To, r.Fields)));
    }

    [Fact]
    public async Task A_quoted_value_may_have_line_breaks_and_lines_are_still_counted()
    {
        var (_, rows) = await ReadAsync("email,note\na@contoso.com,\"one\ntwo \"\"quoted\"\"\"\nb@contoso.com,x\n");

        Assert.Equal([2L, 4], rows.Select(r => r.Line));
        Assert.Equal("one\ntwo \"quoted\"", System.Text.Json.JsonDocument.Parse(rows[0].Fields!).RootElement.GetProperty("note").GetString());
    }

    [Fact]
    public async Task Other_encodings_are_known_by_their_mark()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("email,name\na@contoso.com,Åsa\n")).ToArray();

        Assert.Equal("""{"name":"Åsa"}""", System.Text.RegularExpressions.Regex.Unescape((await ReadAsync(bytes)).Rows.Single().Fields!));
    }

    [Theory]
    [InlineData("name,city\nAnna,Lund\n", "No column holds")]
    [InlineData("email,First name,first_name\na@contoso.com,x,y\n", "first_name")]
    public async Task A_heading_that_cannot_be_used_is_told(string text, string fault)
    {
        var (head, rows) = await ReadAsync(text);

        Assert.Contains(fault, head.Fault, StringComparison.Ordinal);
        Assert.Empty(rows);
    }

    [Fact]
    public async Task A_bad_line_is_told_by_its_number_and_the_good_ones_go_on()
    {
        var text = Encoding.Latin1.GetBytes("email,name\na@contoso.com,Anna\nb@contoso.com,B,too many\nc@contoso.com,\xC5sa\nd@contoso.com\ne@contoso.com,Eva\n");

        var rows = (await ReadAsync(text)).Rows;

        Assert.Equal([(2L, false), (3, true), (4, true), (5, false), (6, false)], rows.Select(r => (r.Line, r.Fault is not null)));
        Assert.Equal("{}", rows[3].Fields);
        Assert.All(rows.Where(r => r.Fault is not null), r => Assert.Equal(LineCodes.LineInvalid, r.Fault!.Code));
    }

    [Fact]
    public async Task A_quotation_mark_that_is_never_closed_does_not_swallow_the_memory()
    {
        var rows = (await ReadAsync("email,name\na@contoso.com,Anna\nb@contoso.com,\"Berta\n" + new string('x', 200_000))).Rows;

        Assert.Equal([null, LineCodes.LineTooLong], rows.Select(r => r.Fault?.Code));
        Assert.Equal(3, rows[1].Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("email,name\n")]
    public async Task An_empty_list_is_no_error(string text) => Assert.Empty((await ReadAsync(text)).Rows);

    private static Task<(ListHead Head, List<NewRecipient> Rows)> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<(ListHead Head, List<NewRecipient> Rows)> ReadAsync(byte[] bytes)
    {
        using var table = await RecipientTable.OpenAsync(new MemoryStream(bytes), Ct);
        return (table.Head, await table.ReadAsync(Ct).ToListAsync(Ct));
    }
}
