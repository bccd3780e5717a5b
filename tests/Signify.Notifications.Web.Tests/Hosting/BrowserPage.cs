using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>An answer as a browser sees it.</summary>
public sealed record BrowserPage(HttpStatusCode Status, Uri Address, HttpResponseMessage Response, string Html, IDocument Document)
{
    public string Text => Document.Body?.TextContent ?? "";

    public static async Task<BrowserPage> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new BrowserPage(response.StatusCode, response.RequestMessage!.RequestUri!, response, html, new HtmlParser().ParseDocument(html));
    }

    public IElement Find(string selector) => Document.QuerySelector(selector)
        ?? throw new InvalidOperationException($"{Address} ({(int)Status}) has no {selector}: {Html}");
}
