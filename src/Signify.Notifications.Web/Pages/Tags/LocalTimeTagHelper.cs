using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Signify.Notifications.Web.Pages.Tags;

/// <summary><c>&lt;local-time at="…" /&gt;</c>: UTC from the server; site.js says it in the reader's zone, with the exact time on hover.</summary>
[HtmlTargetElement("local-time", TagStructure = TagStructure.WithoutEndTag)]
public sealed class LocalTimeTagHelper : TagHelper
{
    public DateTimeOffset At { get; set; }

    /// <summary>Without the time of day: "12 November 2026".</summary>
    public bool DayOnly { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", Machine(At));
        if (DayOnly)
        {
            output.Attributes.SetAttribute("data-day-only", "");
        }

        output.Content.SetContent(Text(At, DayOnly));
    }

    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset at, bool dayOnly = false) =>
        at.UtcDateTime.ToString(dayOnly ? "d MMMM yyyy" : "d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
