using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Sandbox;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Gear → Ruleset → Notifications: the form, Save, and the check beside it.</summary>
public sealed class IndexModel(
    SettingsPageReader reader, SettingsSave save, CheckRunner runner, TestMessage testMessage,
    IEnumerable<ISandboxValues> sandbox, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    [BindProperty]
    public NotificationsForm Form { get; set; } = new();

    [BindProperty]
    public int BasedOn { get; set; }

    [TempData]
    public string? Cleaned { get; set; }

    public SettingsPage Shown { get; private set; } = null!;

    private string Me => User.Identity?.Name ?? "someone";

    public async Task OnGetAsync(string? use, CancellationToken ct)
    {
        Shown = await ReadAsync(ct);
        Shown = Shown with { Cleaned = Cleaned?.Split('|') ?? [] };
        if (use is not null && sandbox.Select(s => s.Find(use)).FirstOrDefault(v => v is not null) is { } values)
        {
            Shown = Shown.Prefilled(values);
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        switch (await save.SaveAsync(ruleset.Id, Form.ToInput(), BasedOn, Me, ct))
        {
            case SaveOutcome.Refused refused:
                Shown = (await ReadAsync(ct)).Refused(Form, refused.Fields);
                Shown = Shown with { View = Shown.View with { BasedOn = BasedOn } };
                return Again(StatusCodes.Status422UnprocessableEntity);
            case SaveOutcome.Overtaken overtaken:
                Shown = (await ReadAsync(ct)).OvertakenBy(Form, overtaken);
                return Again(StatusCodes.Status409Conflict);
            case var saved:
                var labels = saved.Fields.CleanedFields.Select(SettingsField.Label).ToList();
                Cleaned = labels.Count == 0 ? null : string.Join('|', labels);
                return ToCheck();
        }
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if ((await ReadAsync(ct)).Overview.Newest is { } newest)
        {
            runner.Start(newest, Me);
        }

        return ToCheck();
    }

    public async Task<IActionResult> OnPostTestMessageAsync(string? to, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        Shown = await ReadAsync(ct);
        if (Shown.ForTest is { } revision)
        {
            Shown = Shown with { Test = await testMessage.SendAsync(revision, PastedText.Clean(to), Me, ct), TestTo = PastedText.Clean(to) };
        }

        return Page();
    }

    /// <summary>The running check, row by row.</summary>
    public async Task<IActionResult> OnGetProgressAsync(CancellationToken ct)
    {
        await TypedResults.ServerSentEvents(CheckEvents.Of(reader.Running(), ct)).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    /// <summary>The commands of a failed step as a PowerShell file.</summary>
    public async Task<IActionResult> OnGetCommandsAsync(string step, CancellationToken ct)
    {
        var row = (await ReadAsync(ct)).Check.Rows.FirstOrDefault(r => r.Name == step);
        return row?.Step.Findings.FirstOrDefault(f => f.Commands is not null) is { } finding
            ? File(Encoding.UTF8.GetBytes(finding.Commands!), MediaTypeNames.Text.Plain, $"signify-{row.Name}.ps1")
            : NotFound();
    }

    private async Task<SettingsPage> ReadAsync(CancellationToken ct) => await reader.ReadAsync(await editRight.HasAsync(User), ct);

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private RedirectToPageResult ToCheck() => RedirectToPage(null, null, null, "first-failed");
}
