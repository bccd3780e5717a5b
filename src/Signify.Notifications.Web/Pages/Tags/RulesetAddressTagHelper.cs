using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Tags;

/// <summary>Puts the ruleset that a page shows into the addresses on it: into each that a form posts to, and into links where the person has several.</summary>
[HtmlTargetElement("a")]
[HtmlTargetElement("form")]
[HtmlTargetElement("iframe", Attributes = "src")]
[HtmlTargetElement("button", Attributes = "formaction")]
public sealed class RulesetAddressTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>After those that make addresses of page names.</summary>
    public override int Order => 1000;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var person = ViewContext.HttpContext.User;
        if (person.RulesetId() is not { } ruleset)
        {
            return;
        }

        switch (output.TagName)
        {
            case "form" when Text(output, "method")?.Equals("post", StringComparison.OrdinalIgnoreCase) == true:
                // Without an action a form posts to where the page came from.
                Name(output, "action", Text(output, "action") ?? ViewContext.HttpContext.Request.GetEncodedPathAndQuery(), ruleset);
                break;
            case "button":
                Name(output, "formaction", Text(output, "formaction"), ruleset);
                break;
            case "form" when person.HasSeveralRulesets() && RulesetAddress.Concerns(Text(output, "action") ?? "/"):
                output.PreContent.AppendHtml($"<input type=\"hidden\" name=\"{RulesetAddress.Parameter}\" value=\"{ruleset}\" />");
                break;
            case "a" or "iframe" when person.HasSeveralRulesets():
                var attribute = output.TagName == "a" ? "href" : "src";
                Name(output, attribute, Text(output, attribute), ruleset);
                break;
            default:
                break;
        }
    }

    private static void Name(TagHelperOutput output, string attribute, string? address, Guid ruleset)
    {
        if (address is not null && RulesetAddress.Concerns(address))
        {
            output.Attributes.SetAttribute(attribute, RulesetAddress.Of(address, ruleset));
        }
    }

    /// <summary>What the attribute says, whether it stood in the page or was put together there.</summary>
    private static string? Text(TagHelperOutput output, string attribute)
    {
        switch (output.Attributes[attribute]?.Value)
        {
            case null:
                return null;
            case IHtmlContent content:
                using (var writer = new StringWriter())
                {
                    content.WriteTo(writer, HtmlEncoder.Default);
                    return WebUtility.HtmlDecode(writer.ToString());
                }

            case var plain:
                return plain.ToString();
        }
    }
}
