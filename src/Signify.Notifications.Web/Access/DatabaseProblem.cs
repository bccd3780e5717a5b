using Microsoft.AspNetCore.Mvc;
using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>The response to a program while the database takes nothing.</summary>
internal static class DatabaseProblem
{
    public const string Title = "The database isn't available";

    public const string RetryAfterSeconds = "10";

    /// <param name="fault">Null when the cause is not known.</param>
    /// <param name="outcome">What did not happen, as a sentence.</param>
    public static ProblemDetails From(DatabaseFault? fault, string outcome)
    {
        var problem = new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Title = Title,
            Detail = fault is null
                ? $"{outcome} Try again later. The program's log says more."
                : $"{outcome} {fault.Cause} {fault.Remedy} Try again later.",
        };
        if (fault is not null)
        {
            problem.Extensions["cause"] = fault.Code;
        }

        return problem;
    }
}
