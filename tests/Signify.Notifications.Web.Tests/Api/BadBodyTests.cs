using System.Net;
using System.Text;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>A body that cannot be read is the caller's mistake: it is told so, and the log stays quiet.</summary>
public sealed class BadBodyTests
{
    [Theory]
    [InlineData("PUT", "/api/v1/settings", "{bad")]
    [InlineData("PUT", "/api/v1/settings", "[1]")]
    [InlineData("POST", "/api/v1/settings/test-message", "{bad")]
    [InlineData("POST", "/api/v1/settings/test-message", "")]
    [InlineData("POST", "/api/v1/settings/test-message", "{\"to\": 5}")]
    public async Task A_body_that_is_not_what_the_call_wants_is_a_problem_of_400(string method, string path, string body)
    {
        await using var program = await TestProgram.StartAsync();
        using var api = program.NewApiClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await api.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("unhandled exception", program.Log.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_called_that_and_not_a_missing_page()
    {
        await using var program = await TestProgram.StartAsync();
        var browser = program.NewBrowser();
        using var form = new StringContent(new string('x', 5000), Encoding.UTF8, "application/x-www-form-urlencoded");

        using var response = await browser.Http.PostAsync(new Uri("/account/signin", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
