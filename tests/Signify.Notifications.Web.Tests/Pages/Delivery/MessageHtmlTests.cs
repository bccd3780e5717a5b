using Signify.Notifications.Delivery;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Pages;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Pages.Delivery;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class MessageHtmlTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("<p>See https://contoso.com/a.png</p><a href='https://contoso.com'>Open</a>", 0)]
    [InlineData("<img src='data:image/png;base64,AAAA'><img src='cid:logo'>", 0)]
    [InlineData("<img src='https://contoso.com/a.png'><IMG SRC=http://contoso.com/b.png>", 2)]
    [InlineData("<img src='//contoso.com/a.png' srcset='https://contoso.com/a2.png 2x'>", 1)]
    [InlineData("<table background='https://contoso.com/a.png'><td style=\"background:url('https://contoso.com/b.png')\">", 2)]
    [InlineData("<style>.a { background: url(https://contoso.com/a.png) }</style><p>url(https://contoso.com/b.png)</p>", 1)]
    public void It_counts_the_images_that_would_come_from_the_web(string? html, int count) =>
        Assert.Equal(count, MessageHtml.WebImages(html));

    [Fact]
    public void The_defaults_follow_a_doctype()
    {
        Assert.StartsWith("<!DOCTYPE html><style>", MessageHtml.WithDefaults("<!DOCTYPE html><html><p>Hi</p>"), StringComparison.Ordinal);
        Assert.StartsWith("<style>", MessageHtml.WithDefaults("<p>Hi</p>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src='https://contoso.com/a.png'><img src='https://contoso.com/b.png'>", "2 images from the web are not loaded here.")]
    [InlineData("<p>Hello</p><img src='https://contoso.com/a.png'>", "1 image from the web is not loaded here.")]
    [InlineData("<p>Hello</p>", null)]
    public async Task The_page_says_how_many_images_it_does_not_load(string html, string? expected)
    {
        await using var program = await SeededProgram.EmptyAsync();
        await using var db = await SeededProgram.OpenAsync(program);
        var mailing = await new DeliverySeed(db, TimeProvider.System.GetUtcNow()).MailingAsync(
            "News", MailingState.Active, TimeSpan.FromHours(1), [(NotificationState.Sent, 1)], html: html);
        var ada = await program.SignedInAsync();

        var page = await ada.GetAsync($"/mailings/{mailing.Id}");
        var frame = await ada.GetAsync(page.Find(".message-frame").GetAttribute("src")!);

        var note = page.Document.QuerySelector("#web-images")?.TextContent;
        Assert.True(expected is null ? note is null : note?.StartsWith(expected, StringComparison.Ordinal), note);
        Assert.Contains("sans-serif", frame.Html, StringComparison.Ordinal);
    }
}
