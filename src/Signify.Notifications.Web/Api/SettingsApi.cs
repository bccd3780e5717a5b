using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Api;

/// <summary><c>/api/v1/settings</c>: what the settings page does, for programs.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/settings").WithTags("Settings");
        settings.MapGet("", ReadAsync).RequireAuthorization(AccessPolicies.ApiSettingsRead)
            .WithSummary("The active revision and the draft, without secrets.");
        settings.MapPut("", SaveAsync).RequireAuthorization(AccessPolicies.ApiSettings).Accepts<SettingsBody>("application/json")
            .Produces<CheckedJson>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithSummary("Saves a draft, checks it, and puts it in charge when the check passes.");
        settings.MapPost("/check", CheckAsync).RequireAuthorization(AccessPolicies.ApiSettings)
            .Produces<CheckedJson>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Runs the check again.");
        settings.MapPost("/test-message", TestAsync).RequireAuthorization(AccessPolicies.ApiSettings)
            .Accepts<TestMessageBody>("application/json")
            .Produces<TestMessageResult>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithSummary("Sends one real message over the route.");
    }

    private static async Task<Ok<SettingsJson>> ReadAsync(
        CurrentRuleset ruleset, SettingsStore store, CheckStore checks, HttpResponse response, CancellationToken ct)
    {
        var overview = await store.ReadAsync(ruleset.Id, ct);
        response.Headers.ETag = ETag(overview.NewestNumber);
        return TypedResults.Ok(new SettingsJson(await JsonAsync(overview.Active, checks, ct), await JsonAsync(overview.Draft, checks, ct)));
    }

    private static async Task<IResult> SaveAsync(
        CurrentRuleset ruleset, SettingsSave save, SettingsStore store, HttpRequest request, CancellationToken ct)
    {
        var (input, refused) = await SettingsBodyReader.ReadAsync(request, ct);
        if (refused is not null)
        {
            return refused;
        }

        if (!TryIfMatch(request, out var basedOn))
        {
            return ApiProblem.BadIfMatch();
        }

        return await save.SaveAsync(ruleset.Id, input!, basedOn, request.HttpContext.User.By(), ct) switch
        {
            SaveOutcome.Refused no => ApiProblem.Refused(no.Fields.Findings),
            SaveOutcome.Overtaken late => ApiProblem.Overtaken(late),
            SaveOutcome.Checking checking => await AnswerAsync(checking.Check, store, ct),
            _ => throw new InvalidOperationException("A save outcome without an answer."),
        };
    }

    private static async Task<IResult> CheckAsync(
        CurrentRuleset ruleset, SettingsStore store, CheckRunner runner, HttpContext http, CancellationToken ct, string? revision = null)
    {
        var (chosen, problem) = await ChooseAsync(ruleset, store, revision, ct);
        return chosen is null ? problem! : await AnswerAsync(runner.Start(chosen, http.User.By()), store, ct);
    }

    private static async Task<IResult> TestAsync(
        CurrentRuleset ruleset, SettingsStore store, TestMessage test, HttpRequest request, CancellationToken ct, string? revision = null)
    {
        var (body, refused) = await TestMessageBody.ReadAsync(request, ct);
        if (body is null)
        {
            return refused!;
        }

        var (chosen, problem) = await ChooseAsync(ruleset, store, revision, ct);
        return chosen is null ? problem! : TypedResults.Ok(await test.SendAsync(chosen, body.To ?? "", request.HttpContext.User.By(), ct));
    }

    private static async Task<(SettingsRevision? Revision, IResult? Problem)> ChooseAsync(
        CurrentRuleset ruleset, SettingsStore store, string? which, CancellationToken ct)
    {
        var overview = await store.ReadAsync(ruleset.Id, ct);
        return which switch
        {
            null or "active" => (overview.Active, ApiProblem.NoRevision("active revision", "Save settings that pass the check first, or ask for the draft with ?revision=draft.")),
            "draft" => (overview.Draft, ApiProblem.NoRevision("draft", "What was saved last is in use already: leave ?revision=draft out.")),
            _ => (null, ApiProblem.BadRevision()),
        };
    }

    private static async Task<IResult> AnswerAsync(CheckProgress progress, SettingsStore store, CancellationToken ct)
    {
        var report = await progress.Completion.WaitAsync(ct);
        // Another one than was asked for when the standby secret took over meanwhile.
        var looked = progress.Revision;
        var now = await store.FindAsync(looked.RulesetId, looked.Number, ct);
        return TypedResults.Ok(new CheckedJson(looked.Number, now?.State ?? looked.State, report));
    }

    private static async Task<RevisionJson?> JsonAsync(SettingsRevision? revision, CheckStore checks, CancellationToken ct) =>
        revision is null ? null : RevisionJson.From(revision, await checks.FindAsync(revision, ct));

    private static string ETag(int number) => $"\"{number}\"";

    // Without the header the last one wins, as with any PUT; with it nobody's change is overwritten unseen.
    private static bool TryIfMatch(HttpRequest request, out int? number)
    {
        number = null;
        var header = request.Headers.IfMatch.ToString().Trim();
        if (header is "" or "*")
        {
            return true;
        }

        if (!int.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
        {
            return false;
        }

        number = parsed;
        return true;
    }
}
