using AngleSharp.Dom;

namespace Signify.Notifications.Web.Tests.Hosting;

public static class DocumentLinks
{
    public static IEnumerable<IElement> Links(this IDocument document) => document.QuerySelectorAll("a[href]");
}
