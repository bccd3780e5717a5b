using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Web.Api;

/// <summary>The API's refusals, as RFC 9457 problem details.</summary>
internal static class ApiProblem
{
    private const string CannotBeStored = "The settings cannot be stored as they are.";

    /// <summary>The field rules refused: by field for a form, and as findings for everything else.</summary>
    public static IResult Refused(IReadOnlyList<Finding> findings)
    {
        var blocking = findings.Where(f => f.Blocks).ToList();
        var errors = blocking
            .GroupBy(f => f.Field ?? "")
            .ToDictionary(g => g.Key, g => g.Select(f => $"{f.Message} {f.Remedy}").ToArray());
        return TypedResults.Problem(new HttpValidationProblemDetails(errors)
        {
            Status = StatusCodes.Status400BadRequest,
            Title = CannotBeStored,
            Extensions = { ["findings"] = findings.OrderBy(f => f.Severity).ToList() },
        });
    }

    public static IResult Overtaken(SaveOutcome.Overtaken late) => TypedResults.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status412PreconditionFailed,
        Title = late.Newest is null ? "The settings that If-Match names are gone." : "Somebody else saved in the meantime.",
        Detail = late.Newest is { } newest
            ? $"Revision {newest.Number} by {newest.CreatedBy} is the newest now. Nothing was stored. Read the settings again, then save."
            : "There is no revision: the database was set up anew. Nothing was stored. Read the settings again, then save.",
        Extensions = { ["revision"] = late.Newest?.Number, ["changes"] = late.TheirChanges },
    });

    public static IResult NoRevision(string which, string remedy) => Problem(StatusCodes.Status404NotFound, $"There is no {which}.", remedy);

    public static IResult BadRevision() => Problem(StatusCodes.Status400BadRequest, "There is no such revision to choose.", "revision is active or draft.");

    public static IResult BadIfMatch() => Problem(StatusCodes.Status400BadRequest, "If-Match cannot be read.", "Send the ETag that GET /api/v1/settings gave, such as \"7\".");

    public static IResult TooLarge(int limit) => Problem(
        StatusCodes.Status413PayloadTooLarge, "The body is too large.", $"It must have at most {limit} bytes.");

    /// <summary>What cannot be read as settings at all. No finding of the contract fits a wrong type: the list is there, and empty.</summary>
    public static IResult Unreadable(ValidationErrors errors) =>
        errors.ToProblem(CannotBeStored, detail: null, KeyValuePair.Create<string, object?>("findings", Array.Empty<Finding>()));

    public static IResult NotJson(JsonException ex) => Problem(StatusCodes.Status400BadRequest, "The body is not JSON.",
        $"It cannot be read from line {(ex.LineNumber ?? 0) + 1}, byte {(ex.BytePositionInLine ?? 0) + 1} on.");

    public static IResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, $"There is no such {what}.", "This ruleset has none of that number, or it was deleted.");

    public static IResult NotPossible(string why) => Problem(StatusCodes.Status409Conflict, "That is not possible in its present state.", why);

    public static IResult BadQuery(string name, string rule) => TypedResults.Problem(new HttpValidationProblemDetails(new Dictionary<string, string[]> { [name] = [rule] })
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The query cannot be read.",
    });

    private static IResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Title = title, Detail = detail });
}
