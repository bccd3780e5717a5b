using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>POST /api/v1/notifications</c> and <c>POST /api/v1/mailings</c>: hands notifications in.</summary>
internal static class HandInApi
{
    private const string Lines = "application/x-ndjson";

    public static void MapHandIn(this RouteGroupBuilder api)
    {
        Describe(api.MapPost("/notifications", NotificationAsync), "Notifications")
            .Accepts<NotificationBody>("application/json").Produces<NotificationHandedIn>(StatusCodes.Status202Accepted)
            .WithSummary("Hands in one message to one person. 202 says that it is on disk.");
        Describe(api.MapPost("/mailings", MailingAsync), "Mailings")
            .Accepts<MailingBody>("application/json", Lines).Produces<MailingHandedIn>(StatusCodes.Status202Accepted)
            .WithSummary("Hands in one message to many people, with merge fields. As NDJSON: the head on the first line, then a recipient a line, as many as you like.");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder call, string tag) => call
        .RequireAuthorization(AccessPolicies.ApiSend).WithTags(tag).ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status408RequestTimeout).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "1 to 255 visible ASCII characters: the same call again gets the same answer and hands nothing in.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
            });
            return Task.CompletedTask;
        });

    private static async Task<IResult> NotificationAsync(
        HttpRequest request, CurrentRuleset ruleset, INotificationQueue queue, LargeBodies large, IOptions<HandInOptions> options,
        CancellationToken ct)
    {
        await using var body = Open(request, options.Value, options.Value.JsonBytes, out var caller, ruleset);
        if (caller is null)
        {
            return HandInProblem.BadKey();
        }

        using var slot = large.NewSlot(ct);
        var (json, problem) = slot.Admits(request.ContentLength)
            ? await JsonBodyReader.ReadAsync(body, options.Value, slot)
            : (null, HandInProblem.Busy());
        using (json)
        {
            if (json is null)
            {
                return problem!;
            }

            var errors = new ValidationErrors();
            var notification = HandInBodyReader.Notification(json.RootElement, options.Value, errors);
            return errors.Any ? HandInProblem.Unreadable(errors) : Answer(request, await queue.HandInAsync(caller, notification, ct));
        }
    }

    private static Task<IResult> MailingAsync(
        HttpRequest request, CurrentRuleset ruleset, INotificationQueue queue, LargeBodies large, IOptions<HandInOptions> options,
        CancellationToken ct) =>
        request.ContentType?.StartsWith(Lines, StringComparison.OrdinalIgnoreCase) == true
            ? StreamAsync(request, ruleset, queue, large, options.Value, ct)
            : ListAsync(request, ruleset, queue, large, options.Value, ct);

    private static async Task<IResult> ListAsync(
        HttpRequest request, CurrentRuleset ruleset, INotificationQueue queue, LargeBodies large, HandInOptions options, CancellationToken ct)
    {
        await using var body = Open(request, options, options.JsonBytes, out var caller, ruleset);
        if (caller is null)
        {
            return HandInProblem.BadKey();
        }

        using var slot = large.NewSlot(ct);
        var (json, problem) = slot.Admits(request.ContentLength)
            ? await JsonBodyReader.ReadAsync(body, options, slot)
            : (null, HandInProblem.Busy());
        using (json)
        {
            if (json is null)
            {
                return problem!;
            }

            var errors = new ValidationErrors();
            var recipients = new List<JsonElement>();
            var mailing = HandInBodyReader.Mailing(json.RootElement, options, errors, recipients);
            return errors.Any
                ? HandInProblem.Unreadable(errors)
                : Answer(request, await queue.HandInAsync(caller, mailing, Listed(recipients).ToAsyncEnumerable(), ct));
        }
    }

    private static async Task<IResult> StreamAsync(
        HttpRequest request, CurrentRuleset ruleset, INotificationQueue queue, LargeBodies large, HandInOptions options, CancellationToken ct)
    {
        await using var body = Open(request, options, limit: null, out var caller, ruleset);
        if (caller is null)
        {
            return HandInProblem.BadKey();
        }

        await using var lines = new NdjsonReader(body, options);
        var (mailing, problem) = await HeadAsync(lines, large, options, ct);
        return mailing is null ? problem! : Answer(request, await queue.HandInAsync(caller, mailing, lines.ReadAsync(ct), ct));
    }

    private static async Task<(NewMailing? Mailing, IResult? Problem)> HeadAsync(
        NdjsonReader lines, LargeBodies large, HandInOptions options, CancellationToken ct)
    {
        // For the head alone: of the lines after it, one at a time is held.
        using var slot = large.NewSlot(ct);
        var (json, problem) = await lines.ReadHeadAsync(slot);
        using (json)
        {
            if (json is null)
            {
                return (null, problem);
            }

            var errors = new ValidationErrors();
            var mailing = HandInBodyReader.Mailing(json.RootElement, options, errors, recipients: null);
            return errors.Any ? (null, HandInProblem.Unreadable(errors)) : (mailing, null);
        }
    }

    /// <param name="limit">Bytes; null for a stream without an end.</param>
    /// <param name="caller">Null when the idempotency key is none.</param>
    private static HandInBytes Open(HttpRequest request, HandInOptions options, long? limit, out HandInCaller? caller, CurrentRuleset ruleset)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = limit;
        }

        // A stream comes as fast as its caller's own source gives it; each read has a limit of its own. JSON has the server's least rate.
        if (limit is null && request.HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        var key = request.Headers["Idempotency-Key"];
        var body = new HandInBytes(request, hashes: key.Count > 0, TimeSpan.FromSeconds(options.IdleSeconds));
        var by = request.HttpContext.User.By();
        caller = key switch
        {
            { Count: 0 } => new HandInCaller(ruleset.Id, by),
            { Count: 1 } when IdempotencyKey.IsValid(key.ToString()) => new HandInCaller(ruleset.Id, by, new IdempotencyKey(key.ToString(), body.Hash)),
            _ => null,
        };
        return body;
    }

    private static IEnumerable<NewRecipient> Listed(List<JsonElement> recipients)
    {
        for (var i = 0; i < recipients.Count; i++)
        {
            yield return RecipientLine.Read(i + 1, System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(recipients[i]));
        }
    }

    private static IResult Answer(HttpRequest request, HandInOutcome outcome)
    {
        var headers = request.HttpContext.Response.Headers;
        switch (outcome)
        {
            case HandInOutcome.NotificationQueued queued:
                Replayed(queued.Replayed);
                return TypedResults.Accepted($"/api/v1/notifications/{IdText.Of(queued.Id)}", NotificationHandedIn.From(queued));
            case HandInOutcome.MailingQueued queued:
                Replayed(queued.Replayed);
                return TypedResults.Accepted($"/api/v1/mailings/{IdText.Of(queued.MailingId)}", MailingHandedIn.From(queued));
            default:
                return HandInProblem.Of(outcome, headers);
        }

        void Replayed(bool replayed)
        {
            if (replayed)
            {
                headers["Idempotent-Replayed"] = "true";
            }
        }
    }
}
