using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>POST /api/v1/notifications/{id}/cancel</c> and its like.</summary>
internal static class NotificationControlApi
{
    private delegate Task<ControlResult> Deed(NotificationControl control, Guid rulesetId, long id, string by, CancellationToken ct);

    public static void MapNotificationControl(this RouteGroupBuilder api)
    {
        var notification = api.MapGroup("/notifications/{id}").WithTags("Notifications").RequireAuthorization(AccessPolicies.Send);
        notification.MapPost("/cancel", Run((c, ruleset, id, by, ct) => c.CancelAsync(ruleset, id, by, ct)))
            .Described("Keeps a notification from being sent, unless the server has it already.");
        notification.MapPost("/resend", Run((c, ruleset, id, by, ct) => c.ResendAsync(ruleset, id, by, ct)))
            .Described("Sends it again, under its own Message-ID; of one that was sent, a copy as a new notification, whose id is in the answer.");
        notification.MapPost("/arrived", Run((c, ruleset, id, by, ct) => c.SettleAsync(ruleset, id, DoubtVerdict.Arrived, by, ct)))
            .Described("Ends the doubt about one that may have gone: it arrived, and counts as sent.");
    }

    private static Delegate Run(Deed deed) => async (string id, CurrentRuleset ruleset, NotificationControl control, HttpContext http, CancellationToken ct) =>
        ControlJson.Answer(
            ApiId.Parse(id) is { } number ? await deed(control, ruleset.Id, number, http.User.By(), ct) : new ControlResult.NotFound(), "notification");
}
