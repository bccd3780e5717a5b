using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Signify.Notifications.Web.Pages.Tags;

/// <summary><c>&lt;pre code="…"&gt;</c>: commands whose long lines wrap between words and indent what follows. Copied, they are the text as it was.</summary>
[HtmlTargetElement("pre", Attributes = "code")]
public sealed class CodeLinesTagHelper : TagHelper
{
    public string Code { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        foreach (var line in Code.Split('\n'))
        {
            var shown = new TagBuilder("span");
            shown.AddCssClass("line");
            foreach (var (word, i) in line.Split(' ').Select((word, i) => (word, i)))
            {
                shown.InnerHtml.Append(i == 0 ? "" : " ");
                shown.InnerHtml.AppendHtml(Word(word));
            }

            shown.InnerHtml.Append("\n");
            output.Content.AppendHtml(shown);
        }
    }

    // Browsers break a line behind the hyphen of "-Identity".
    private static Microsoft.AspNetCore.Html.IHtmlContent Word(string word)
    {
        if (!word.StartsWith('-'))
        {
            return new Microsoft.AspNetCore.Html.HtmlContentBuilder().Append(word);
        }

        var whole = new TagBuilder("span");
        whole.AddCssClass("whole");
        whole.InnerHtml.Append(word);
        return whole;
    }
}
