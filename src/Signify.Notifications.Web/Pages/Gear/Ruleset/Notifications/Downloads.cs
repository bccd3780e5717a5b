using System.Text;
using Signify.Notifications.Checks;
using Signify.Notifications.RepairKit;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>The files of the settings pages: the repair kit, the note for the network team, the report of a check. None holds a secret.</summary>
internal static class Downloads
{
    public static void MapNotificationDownloads(this WebApplication app)
    {
        var files = app.MapGroup("/gear/ruleset/notifications").RequireAuthorization(AccessPolicies.Viewer).ExcludeFromDescription();
        files.MapGet("/repair.ps1", async (RepairReader reader, CancellationToken ct) =>
            Results.File(KitFile.Bytes((await reader.ReadAsync(ct)).Facts), "text/plain; charset=utf-8", KitFile.Name));
        files.MapGet("/network-note.md", async (RepairReader reader, CancellationToken ct) =>
            Results.File(Encoding.UTF8.GetBytes((await reader.ReadAsync(ct)).Network.ToText()), "text/markdown; charset=utf-8", NetworkNote.FileName));
        files.MapGet("/report.txt", ReportAsync);
    }

    /// <param name="revision">Another one than the newest.</param>
    private static async Task<IResult> ReportAsync(
        int? revision, SettingsStore store, CheckStore checks, CurrentRuleset ruleset, TimeProvider time, CancellationToken ct)
    {
        var asked = revision is { } number ? await store.FindAsync(ruleset.Id, number, ct) : (await store.ReadAsync(ruleset.Id, ct)).Newest;
        return asked is not null && await checks.FindAsync(asked, ct) is { } check
            ? Results.File(Encoding.UTF8.GetBytes(ReportText.Of(new ReportFacts(asked, check, time.GetUtcNow()))), "text/plain; charset=utf-8", ReportText.FileName)
            : Results.NotFound();
    }
}
