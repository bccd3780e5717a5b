using System.Text.RegularExpressions;
using MimeKit.Text;

namespace Signify.Notifications.Web.Pages;

/// <summary>The HTML of a message as the pages show it: in a mail client's font, without images from the web.</summary>
public static partial class MessageHtml
{
    // No specificity: whatever the message itself says wins.
    private const string Defaults = "<style>:where(body){margin:16px;font:15px/1.5 Aptos,Calibri,\"Segoe UI\",Arial,sans-serif}"
        + ":where(img){max-width:100%}</style>";

    /// <summary>With the defaults of a mail client, which a browser has otherwise.</summary>
    public static string WithDefaults(string html)
    {
        // Before a doctype they would switch the browser to another layout.
        var start = Doctype().Match(html).Length;
        return html.Insert(start, Defaults);
    }

    /// <summary>How many images, backgrounds included, would be loaded from the web.</summary>
    public static int WebImages(string? html)
    {
        using var reader = new StringReader(html ?? "");
        var (tokens, count, inStyle) = (new HtmlTokenizer(reader), 0, false);
        while (tokens.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag:
                    inStyle = tag is { Id: HtmlTagId.Style, IsEndTag: false, IsEmptyElement: false };
                    count += tag.IsEndTag ? 0 : InTag(tag);
                    break;
                case HtmlDataToken data when inStyle:
                    count += WebUrl().Count(data.Data);
                    break;
                default:
                    break;
            }
        }

        return count;
    }

    private static int InTag(HtmlTagToken tag)
    {
        var (image, others) = (false, 0);
        foreach (var attribute in tag.Attributes)
        {
            var value = attribute.Value ?? "";
            switch (attribute.Id)
            {
                case HtmlAttributeId.Src when tag.Id is HtmlTagId.Image or HtmlTagId.Input:
                    image |= WebAddress().IsMatch(value);
                    break;
                case HtmlAttributeId.Background:
                    others += WebAddress().IsMatch(value) ? 1 : 0;
                    break;
                case HtmlAttributeId.Style:
                    others += WebUrl().Count(value);
                    break;
                // One image, however many sizes of it there are.
                default:
                    image |= tag.Id == HtmlTagId.Image && WebAddress().IsMatch(value)
                        && attribute.Name.Equals("srcset", StringComparison.OrdinalIgnoreCase);
                    break;
            }
        }

        return others + (image ? 1 : 0);
    }

    [GeneratedRegex(@"^\s*<!doctype[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Doctype();

    [GeneratedRegex(@"^\s*(https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();

    [GeneratedRegex(@"url\(\s*['""]?\s*(https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex WebUrl();
}
