using Microsoft.AspNetCore.Razor.TagHelpers;
using Signify.Notifications.Web.Pages.Tags;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary><c>&lt;status-line of="…" /&gt;</c>. Written by hand, as a view would put blanks between the parts of the sentence.</summary>
[HtmlTargetElement("status-line", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusLineTagHelper : TagHelper
{
    public StatusLine Of { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "status-line");
        output.Attributes.SetAttribute("id", "status-line");
        var content = output.Content;
        content.AppendHtml("<span class=\"dot ").Append(Of.Tone).AppendHtml("\" aria-hidden=\"true\"></span><span>");
        foreach (var part in Of.Parts)
        {
            Append(content, part);
        }

        content.AppendHtml("</span>");
    }

    private static void Append(TagHelperContent content, StatusLine.Part part)
    {
        switch (part)
        {
            case { At: { } at }:
                content.AppendHtml("<time datetime=\"").Append(LocalTimeTagHelper.Machine(at)).AppendHtml("\">").Append(LocalTimeTagHelper.Text(at)).AppendHtml("</time>");
                break;
            case { Href: { } address }:
                content.AppendHtml("<a href=\"").Append(address).AppendHtml("\">").Append(part.Text).AppendHtml("</a>");
                break;
            case { Field: { } field }:
                content.AppendHtml("<a href=\"#").Append(field).AppendHtml("\">").Append(part.Text).AppendHtml("</a>");
                break;
            case { Strong: true }:
                content.AppendHtml("<strong>").Append(part.Text).AppendHtml("</strong>");
                break;
            default:
                content.Append(part.Text);
                break;
        }
    }
}
