using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>
/// <c>&lt;input setting="clientId" /&gt;</c> in a view of <see cref="SettingsView"/>: id, name and value, and the words that
/// screen readers tell with the field (help and messages).
/// </summary>
[HtmlTargetElement("input", Attributes = "setting")]
[HtmlTargetElement("select", Attributes = "setting")]
public sealed class SettingInputTagHelper : TagHelper
{
    public string Setting { get; set; } = "";

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var view = (SettingsView)ViewContext.ViewData.Model!;
        output.Attributes.SetAttribute("id", Setting);
        output.Attributes.SetAttribute("name", Setting);
        output.Attributes.SetAttribute("aria-describedby", $"{Setting}-messages {Setting}-help");
        if (output.TagName == "input" && view.ValueOf(Setting) is { } value)
        {
            output.Attributes.SetAttribute("value", value);
        }

        if (view.HasError(Setting))
        {
            output.Attributes.SetAttribute("aria-invalid", "true");
        }
    }
}
