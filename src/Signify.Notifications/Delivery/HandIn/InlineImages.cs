using System.Net;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Whether the HTML and the attachments agree on what <c>cid:</c> refers to: otherwise a recipient sees a broken image.</summary>
internal static partial class InlineImages
{
    private const int Limit = 200;

    // A text of megabytes can have any number of them; a caller needs the first few.
    private const int MostReported = 10;

    /// <param name="merges">Whether the HTML is a template: what a merge field refers to is not known before it is sent.</param>
    public static void Check(HandInErrors errors, string? html, bool merges, IReadOnlyList<NewAttachment> attachments)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var references = References(html);
        var known = !merges || !references.Any(IsMerged);
        for (var i = 0; i < attachments.Count; i++)
        {
            if (attachments[i].ContentId is { } id)
            {
                Check(errors, $"attachments[{i}].contentId", id, ids, known ? references : null);
            }
        }

        foreach (var dangling in references.Where(r => !ids.Contains(r) && !(merges && IsMerged(r))).Take(MostReported))
        {
            errors.Add("html", $"The HTML refers to cid:{Short(dangling)}, but no attachment has this contentId.");
        }
    }

    private static void Check(HandInErrors errors, string field, string id, HashSet<string> ids, HashSet<string>? references)
    {
        if (id.Length > Limit || !ContentId().IsMatch(id))
        {
            errors.Add(field, $"A contentId must have 1 to {Limit} letters, digits or . _ + - with at most one @ between them, without angle brackets.");
            return;
        }

        errors.AddIf(!ids.Add(id), field, "Another attachment has the same contentId.");
        errors.AddIf(references?.Contains(id) == false, field, $"The HTML does not refer to cid:{Short(id)}. Remove the contentId to send the file as an attachment.");
    }

    /// <summary>Those in attributes and in style sheets, decoded.</summary>
    private static HashSet<string> References(string? html) => html is null
        ? []
        : [.. Reference().Matches(html).Select(m => Uri.UnescapeDataString(WebUtility.HtmlDecode(m.Groups["id"].Value)))];

    private static bool IsMerged(string reference) => reference.Contains('{', StringComparison.Ordinal);

    private static string Short(string id) => id.Length > 60 ? id[..60] + "…" : id;

    [GeneratedRegex(@"^[A-Za-z0-9._+-]+(@[A-Za-z0-9._-]+)?\z")]
    private static partial Regex ContentId();

    // "{{ logo }}" has spaces.
    [GeneratedRegex(@"([""'=]|url\()[""']?[ \t]{0,10}cid:(?<id>(\{\{[^}]{0,200}\}\}|[^""'\s)>])+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
