using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>POST /api/v1/mailings/{id}/pause</c> and its like.</summary>
internal static class MailingControlApi
{
    private delegate Task<ControlResult> Deed(MailingControl control, Guid rulesetId, long id, string by, CancellationToken ct);

    public static void MapMailingControl(this RouteGroupBuilder api)
    {
        var mailing = api.MapGroup("/mailings/{id}").WithTags("Mailings").RequireAuthorization(AccessPolicies.Send);
        mailing.MapPost("/pause", Run((c, ruleset, id, by, ct) => c.PauseAsync(ruleset, id, by, ct))).Described("Stops a mailing until it is resumed.");
        mailing.MapPost("/resume", Run((c, ruleset, id, by, ct) => c.ResumeAsync(ruleset, id, by, ct))).Described("Lets a paused mailing go on.");
        mailing.MapPost("/cancel", Run((c, ruleset, id, by, ct) => c.CancelAsync(ruleset, id, by, ct))).Described("Ends a mailing: what waits is not sent.");
        mailing.MapPost("/retry-failed", Run((c, ruleset, id, by, ct) => c.RetryFailedAsync(ruleset, id, by, ct))).Described("Sends what failed again, and nothing else.");
        mailing.MapDelete("", Run((c, ruleset, id, by, ct) => c.DeleteAsync(ruleset, id, by, ct))).Described("Deletes a mailing with its notifications, bodies and addresses.");
    }

    internal static void Described(this RouteHandlerBuilder call, string summary) => call.WithSummary(summary)
        .Produces<ControlJson>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static Delegate Run(Deed deed) => async (string id, CurrentRuleset ruleset, MailingControl control, HttpContext http, CancellationToken ct) =>
        ControlJson.Answer(
            ApiId.Parse(id) is { } number ? await deed(control, ruleset.Id, number, http.User.By(), ct) : new ControlResult.NotFound(), "mailing");
}
