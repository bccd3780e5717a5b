namespace Signify.Notifications.Web.Api;

/// <summary>The body of <c>POST /api/v1/settings/test-message</c>.</summary>
public sealed record TestMessageBody(string? To)
{
    private const int LongestAddress = 1000;

    internal static async Task<(TestMessageBody? Body, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var (json, problem) = await JsonBodyReader.ReadSmallAsync(request, ct);
        using (json)
        {
            if (json is null)
            {
                return (null, problem);
            }

            var errors = new ValidationErrors();
            var to = new JsonFields(json.RootElement, errors, LongestAddress).Text("to");
            return errors.Any
                ? (null, errors.ToProblem("The test message cannot be sent as it is.", detail: null))
                : (new TestMessageBody(to), null);
        }
    }
}
