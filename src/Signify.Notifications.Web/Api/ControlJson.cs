using Signify.Notifications.Delivery.Control;

namespace Signify.Notifications.Web.Api;

/// <summary>The answer of a control that was done.</summary>
/// <param name="Id">The mailing or notification; a resend of a sent one has a new number.</param>
/// <param name="Note">What happens next, where that is not plain.</param>
public sealed record ControlJson(string Id, string? Note)
{
    internal static IResult Answer(ControlResult result, string what) => result switch
    {
        ControlResult.Done done => TypedResults.Ok(new ControlJson(ApiId.Of(done.Id), done.Words)),
        ControlResult.NotPossible no => ApiProblem.NotPossible(no.Why),
        _ => ApiProblem.NotFound(what),
    };
}
