using Microsoft.AspNetCore.Http.HttpResults;

namespace Signify.Notifications.Web.Api;

/// <summary>
/// Validation errors by field. The first 100 messages are listed and the others counted, so that an answer stays short however long the
/// request was; field names come from the caller and are listed up to 100 characters.
/// </summary>
internal sealed class ValidationErrors
{
    public const int MostListed = 100;

    private const int MostNameCharacters = 100;

    private readonly Dictionary<string, List<string>> _byField = [];
    private int _listed;

    /// <summary>All errors, listed or not.</summary>
    public int Total { get; private set; }

    public bool Any => Total > 0;

    public static ValidationErrors From(IReadOnlyDictionary<string, string[]> errors)
    {
        var all = new ValidationErrors();
        foreach (var (field, messages) in errors)
        {
            foreach (var message in messages)
            {
                all.Append(field, message);
            }
        }

        return all;
    }

    /// <summary>The first error of a field stays; later ones about the same field follow from it.</summary>
    public void Add(string field, string message)
    {
        if (!_byField.ContainsKey(Short(field)))
        {
            Append(field, message);
        }
    }

    /// <param name="detail">Followed by how many errors are listed, where that is not all of them.</param>
    public ProblemHttpResult ToProblem(string title, string? detail, params IEnumerable<KeyValuePair<string, object?>> extensions)
    {
        var problem = new HttpValidationProblemDetails(_byField.ToDictionary(e => e.Key, e => e.Value.ToArray()))
        {
            Status = StatusCodes.Status400BadRequest,
            Title = title,
            Detail = detail,
        };
        if (Total > _listed)
        {
            problem.Detail = $"{detail} {_listed} of {Total} errors are listed.".TrimStart();
            problem.Extensions["errorsTotal"] = Total;
        }

        foreach (var (name, value) in extensions)
        {
            problem.Extensions[name] = value;
        }

        return TypedResults.Problem(problem);
    }

    private void Append(string field, string message)
    {
        Total++;
        if (_listed == MostListed)
        {
            return;
        }

        var name = Short(field);
        if (!_byField.TryGetValue(name, out var messages))
        {
            _byField[name] = messages = [];
        }

        messages.Add(message);
        _listed++;
    }

    private static string Short(string field) => field.Length > MostNameCharacters ? field[..MostNameCharacters] + "…" : field;
}
