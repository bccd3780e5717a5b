using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>GET /api/v1/notifications</c>: what became of them.</summary>
internal static class NotificationsReadApi
{
    private static readonly Dictionary<string, NotificationState[]> States = Enum.GetValues<NotificationState>()
        .GroupBy(NotificationJson.Spelt).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.OrdinalIgnoreCase);

    public static void MapNotificationsRead(this RouteGroupBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("Notifications").RequireAuthorization(AccessPolicies.Read);
        notifications.MapGet("", SearchAsync).Produces<NotificationsJson>().ProducesValidationProblem().WithSummary(
            "Notifications, newest first. state: one or several, with commas; to: an address, or its beginning and *; mailingId; after: the next of the page before; limit: 1 to 200, 50 when left out.");
        notifications.MapGet("/{id}", FindAsync).Produces<NotificationDetailsJson>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A notification's state, its Message-ID, and each attempt with the server's words.");
    }

    private static async Task<IResult> SearchAsync(
        CurrentRuleset ruleset, ActivityReader reader, CancellationToken ct,
        string? state = null, string? to = null, string? mailingId = null, string? after = null, string? limit = null)
    {
        if (!PageQuery.TryRead(after, limit, out var page, out var problem))
        {
            return problem;
        }

        if (Read(state) is not { } states)
        {
            return ApiProblem.BadQuery("state", $"This is one of {string.Join(", ", States.Keys)}, or several with commas between them.");
        }

        if (mailingId is not null && ApiId.Parse(mailingId) is null)
        {
            return ApiProblem.BadQuery("mailingId", "This is a mailing's number.");
        }

        var recipient = to?.Trim();
        var beginning = recipient?.EndsWith('*') ?? false;
        var search = new ActivitySearch
        {
            States = states,
            Recipient = beginning ? recipient![..^1] : recipient,
            BeginsWith = beginning,
            MailingId = mailingId is null ? null : ApiId.Parse(mailingId),
        };
        if (after is not null && !search.Takes(after))
        {
            return PageQuery.BadPlace();
        }

        var found = await reader.SearchAsync(ruleset.Id, search, page, ct);
        return TypedResults.Ok(new NotificationsJson([.. found.Items.Select(NotificationJson.Of)], found.Next));
    }

    private static async Task<IResult> FindAsync(string id, CurrentRuleset ruleset, NotificationReader reader, CancellationToken ct) =>
        ApiId.Parse(id) is { } number && await reader.FindAsync(ruleset.Id, number, ct) is { } notification
            ? TypedResults.Ok(NotificationDetailsJson.Of(notification))
            : ApiProblem.NotFound("notification");

    /// <returns>Null when one of them is no state.</returns>
    private static List<NotificationState>? Read(string? text)
    {
        var states = new List<NotificationState>();
        foreach (var name in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!States.TryGetValue(name, out var named))
            {
                return null;
            }

            states.AddRange(named);
        }

        return states;
    }
}
