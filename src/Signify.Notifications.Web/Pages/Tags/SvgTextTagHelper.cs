using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Signify.Notifications.Web.Pages.Tags;

/// <summary><c>&lt;svg-text x="…"&gt;</c>: SVG's <c>text</c>, a name that Razor keeps for itself.</summary>
[HtmlTargetElement("svg-text")]
public sealed class SvgTextTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.TagName = "text";
}
