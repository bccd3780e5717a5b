using System.Text;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Pages;
using Signify.Notifications.Web.Pages.Mailings.Drafts;
using Signify.Notifications.Web.Pages.Overview;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

public sealed class RecipientTableTests
{
    [Theory]
    [InlineData("email,First name\na@contoso.com,\"Vance, Ada\"\n")]
    [InlineData("First name;E-Mail\r\n\"Vance, Ada\";a@contoso.com\r\n")]
    [InlineData("\uFEFFE-mail address\tFirst name\n\n  a@contoso.com \tVance, Ada\n")]
    public async Task Columns_are_found_however_the_list_was_exported(string list)
    {
        var (head, rows) = await ReadAsync(list);

        Assert.Equal(["first_name"], head.Columns);
        Assert.Equal(("a@contoso.com", """{"first_name":"Vance, Ada"}"""), (rows.Single().To, rows.Single().Fields));
    }

    [Fact]
    public async Task Plain_addresses_need_no_first_line_and_keep_their_line_numbers()
    {
        var (head, rows) = await ReadAsync("a@contoso.com\n\nb@contoso.com\n");

        Assert.Empty(head.Columns);
        Assert.Equal([(1, "a@contoso.com"), (3, "b@contoso.com")], rows.Select(r => (r.Line, r.To)));
    }

    [Fact]
    public async Task A_line_with_too_many_values_is_at_fault_and_the_next_is_read()
    {
        var (_, rows) = await ReadAsync("email,name\na@contoso.com,Ada,surplus\nb@contoso.com,Ben\n");

        Assert.Equal(LineCodes.LineInvalid, rows[0].Fault!.Code);
        Assert.Null(rows[1].Fault);
    }

    [Theory]
    [InlineData("name,team\nAda,HR")]
    [InlineData("email,First name,first_name\na@contoso.com,Ada,Ada")]
    public async Task A_list_that_cannot_be_understood_says_why(string list) => Assert.NotNull((await ReadAsync(list)).Head.Fault);

    [Fact]
    public void An_hour_that_the_clocks_skip_is_refused_and_one_that_comes_twice_is_the_first()
    {
        Assert.NotNull(TypedTime.Parse("2027-03-28T02:30", "Europe/Berlin").Error);
        Assert.Equal(new DateTimeOffset(2027, 10, 31, 0, 30, 0, TimeSpan.Zero), TypedTime.Parse("2027-10-31T02:30", "Europe/Berlin").At);
        Assert.Equal(new DateTimeOffset(2027, 7, 1, 8, 0, 0, TimeSpan.Zero), TypedTime.Parse("2027-07-01T08:00", zone: null).At);
    }

    [Fact]
    public void A_single_notification_is_seen_in_the_chart_beside_the_line_of_the_pace()
    {
        var hour = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

        var chart = DayChart.Of([new ChartHour(hour, 1, 0, 1800), new ChartHour(hour.AddHours(1), 1800, 0, 1800)]);

        Assert.Equal(DayChart.Floor - 3, chart.Bars[0].SentTop);
        Assert.Equal(chart.AllowedY, chart.Bars[1].SentTop);
    }

    private static async Task<(ListHead Head, List<NewRecipient> Rows)> ReadAsync(string list)
    {
        using var table = await RecipientTable.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(list)), TestContext.Current.CancellationToken);
        var rows = new List<NewRecipient>();
        await foreach (var row in table.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return (table.Head, rows);
    }
}
