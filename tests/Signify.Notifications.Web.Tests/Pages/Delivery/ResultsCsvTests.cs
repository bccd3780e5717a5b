using System.Text;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Pages.Mailings;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class ResultsCsvTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 9, 30, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task Each_notification_has_its_result_and_no_cell_is_a_formula()
    {
        using var stream = new MemoryStream();
        NotificationResult[] results =
        [
            new("anna@contoso.com", NotificationState.Sent, At, "250 2.0.0 OK"),
            new("bert@contoso.com", NotificationState.Failed, At, "=HYPERLINK(\"x\")"),
            new("carla@contoso.com", NotificationState.InDoubt, At, null),
            new("dora@contoso.com", NotificationState.Canceling, null, null),
        ];

        await ResultsCsv.WriteAsync(stream, results.ToAsyncEnumerable(), TestContext.Current.CancellationToken);

        Assert.Equal(
            """
            \ufeff"Recipient","Result","Time (UTC)","Server response"
            "anna@contoso.com","sent","2026-12-01 08:30:00","250 2.0.0 OK"
            "bert@contoso.com","failed","2026-12-01 08:30:00","'=HYPERLINK(""x"")"
            "carla@contoso.com","unconfirmed","2026-12-01 08:30:00",""
            "dora@contoso.com","not finished","",""

            """.ReplaceLineEndings("\r\n").Replace("\\ufeff", "\ufeff", StringComparison.Ordinal),
            Encoding.UTF8.GetString(stream.ToArray()));
    }
}
