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
                return Refused(refused);
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

    public static IResult Unreadable(Dictionary<string, string[]> errors) => Refused(new HandInOutcome.Refused(errors, [], 0));

    public static IResult BadKey() => Problem(
        StatusCodes.Status400BadRequest, "The Idempotency-Key cannot be used.", "Send it once, with 1 to 255 visible ASCII characters and no blank.");

    public static IResult TooLarge(int limit) => Problem(
        StatusCodes.Status413PayloadTooLarge, "The body is too large.",
        $"{NothingQueued} At most {limit} bytes of JSON are read; a mailing as application/x-ndjson has as many lines as you like.");

    private static IResult Refused(HandInOutcome.Refused refused)
    {
        var problem = new HttpValidationProblemDetails(refused.Errors.ToDictionary())
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "This cannot be handed in as it is.",
            Detail = NothingQueued,
        };
        if (refused.RejectedTotal > 0)
        {
            (problem.Extensions["rejected"], problem.Extensions["rejectedTotal"]) = (refused.Rejected, refused.RejectedTotal);
        }

        return TypedResults.Problem(problem);
    }

    private static IResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Title = title, Detail = detail });
}
