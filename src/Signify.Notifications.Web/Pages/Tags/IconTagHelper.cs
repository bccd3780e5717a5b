using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Signify.Notifications.Web.Pages.Tags;

/// <summary><c>&lt;icon name="check" /&gt;</c>: a drawing of _Icons.cshtml. It stands beside a word, so it is hidden from screen readers.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("viewBox", "0 0 24 24");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.AppendHtml("<use href=\"#icon-").Append(Name).AppendHtml("\"></use>");
    }
}
