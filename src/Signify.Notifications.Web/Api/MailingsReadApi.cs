using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>GET /api/v1/mailings</c>: how mailings go.</summary>
internal static class MailingsReadApi
{
    public static void MapMailingsRead(this RouteGroupBuilder api)
    {
        var mailings = api.MapGroup("/mailings").WithTags("Mailings").RequireAuthorization(AccessPolicies.Read);
        mailings.MapGet("", ListAsync).Produces<MailingsJson>().ProducesValidationProblem()
            .WithSummary("The mailings, newest first. after: the next of the page before; limit: 1 to 200, 50 when left out.");
        mailings.MapGet("/{id}", FindAsync).Produces<MailingProgressJson>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A mailing's counts by state, its pace and its estimated end.");
    }

    private static async Task<IResult> ListAsync(CurrentRuleset ruleset, MailingReader reader, CancellationToken ct, string? after = null, string? limit = null)
    {
        if (!PageQuery.TryRead(after, limit, out var page, out var problem))
        {
            return problem;
        }

        var list = await reader.ListAsync(ruleset.Id, page, ct);
        return TypedResults.Ok(new MailingsJson([.. list.Items.Select(MailingJson.Of)], list.Next));
    }

    private static async Task<IResult> FindAsync(string id, CurrentRuleset ruleset, MailingReader reader, AllowedPace pace, CancellationToken ct) =>
        ApiId.Parse(id) is { } number && await reader.FindAsync(ruleset.Id, number, ct) is { } mailing
            ? TypedResults.Ok(MailingProgressJson.Of(mailing, await pace.ReadAsync(ruleset.Id, ct)))
            : ApiProblem.NotFound("mailing");
}
