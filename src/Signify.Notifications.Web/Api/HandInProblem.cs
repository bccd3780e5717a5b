using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Api;

/// <summary>Why nothing was queued, as RFC 9457 problem details.</summary>
internal static class HandInProblem
{
    private const string NothingQueued = "Nothing was queued.";

    public static IResult Of(HandInOutcome outcome, IHeaderDictionary headers)
    {
        switch (outcome)
        {
            case HandInOutcome.Refused refused:
                return Refused(ValidationErrors.From(refused.Errors), Rejected(refused));
            case HandInOutcome.KeyReused:
                return Problem(StatusCodes.Status409Conflict, "The Idempotency-Key belongs to another body.",
                    $"{NothingQueued} A new hand-in needs a new key; the same hand-in needs the same body, byte for byte, at the same path.");
            case HandInOutcome.KeyBusy:
                headers.RetryAfter = "1";
                return Problem(StatusCodes.Status409Conflict, "A call with this Idempotency-Key is under way.",
                    $"{NothingQueued} Send the same again in a moment: it gets the answer of the call that is under way.");
            case HandInOutcome.NotStored { Fault: var fault }:
                headers.RetryAfter = DatabaseProblem.RetryAfterSeconds;
                return TypedResults.Problem(DatabaseProblem.From(fault, NothingQueued));
            default:
                throw new InvalidOperationException("A hand-in outcome without an answer.");
        }
    }

    public static IResult Unreadable(ValidationErrors errors) => Refused(errors);

    /// <summary>With <c>Retry-After</c>: as many large bodies are in progress as may be.</summary>
    public static IResult Busy() => new RetryLater(
        Problem(StatusCodes.Status503ServiceUnavailable, "Too many large requests are in progress.",
            $"{NothingQueued} Send it again in a few seconds, or send the mailing as application/x-ndjson, whose length does not count."),
        Seconds: 5);

    public static IResult TooManyValues(int limit) => Problem(
        StatusCodes.Status413PayloadTooLarge, "The body holds too many values.",
        $"{NothingQueued} A JSON body must hold at most {limit} values; a mailing as application/x-ndjson has any number of lines.");

    public static IResult BadKey() => Problem(
        StatusCodes.Status400BadRequest, "The Idempotency-Key cannot be used.", "Send it once, with 1 to 255 visible ASCII characters and no blank.");

    public static IResult TooLarge(HandInOptions limits) => Problem(
        StatusCodes.Status413PayloadTooLarge, "The body is too large.",
        $"{NothingQueued} At most {limits.JsonBytes} bytes of JSON are read; a mailing as application/x-ndjson has any number of lines.");

    private static IResult Refused(ValidationErrors errors, params IEnumerable<KeyValuePair<string, object?>> extensions) =>
        errors.ToProblem("This cannot be handed in as it is.", NothingQueued, extensions);

    private static Dictionary<string, object?> Rejected(HandInOutcome.Refused refused) => refused.RejectedTotal == 0
        ? []
        : new() { ["rejected"] = refused.Rejected, ["rejectedTotal"] = refused.RejectedTotal };

    private static ProblemHttpResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Title = title, Detail = detail });

    private sealed record RetryLater(IResult Problem, int Seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problem.ExecuteAsync(httpContext);
        }
    }
}
