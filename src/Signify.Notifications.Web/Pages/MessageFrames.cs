using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Pages.Mailings.Drafts;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages;

/// <summary>The HTML of messages, for the sandboxed frames of the pages. Somebody else wrote it: it goes out under headers that let nothing run or load.</summary>
internal static class MessageFrames
{
    public static void MapMessageFrames(this WebApplication app)
    {
        var frames = app.MapGroup("").RequireAuthorization(AccessPolicies.Viewer).WithSecurityHeadersPolicy(SecurityHeaders.MessageFrame).ExcludeFromDescription();
        frames.MapGet("/activity/{id:long}/html", async (long id, MessageReader messages, CurrentRuleset ruleset, CancellationToken ct) =>
            Html((await messages.FindAsync(ruleset.Id, id, ct))?.Rendered?.Html));
        frames.MapGet("/mailings/{id:long}/html", async (long id, ContentReader contents, CurrentRuleset ruleset, CancellationToken ct) =>
            Html((await contents.FindAsync(ruleset.Id, id, ct))?.Html));
        frames.MapGet("/mailings/new/{draft:guid}/html", async (Guid draft, int? n, HttpContext http, DraftFolder folder, DraftRehearsal rehearsal, CurrentRuleset ruleset, CancellationToken ct) =>
            Html(await folder.FindAsync(draft, ruleset.Id, http.User.By(), ct) is { } found ? (await rehearsal.MessageAsync(found, Math.Max(1, n ?? 1), ct))?.Rendered?.Html : null));
    }

    private static IResult Html(string? html) => html is null ? Results.NotFound() : Results.Content(html, "text/html; charset=utf-8");
}
