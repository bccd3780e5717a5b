using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Checks;
using Signify.Notifications.Settings;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Rulesets;
using Signify.Notifications.Web.Sandbox;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Gear → Ruleset → Notifications: the form, Save, and the check beside it.</summary>
[RequestSizeLimit(MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed class IndexModel(
    SettingsPageReader reader, SettingsSave save, CheckRunner runner, TestMessage testMessage,
    IEnumerable<ISandboxValues> sandbox, CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    private const int MostBytes = 1024 * 1024;

    [BindProperty]
    public NotificationsForm Form { get; set; } = new();

    [BindProperty]
    public int BasedOn { get; set; }

    [TempData]
    public string? Cleaned { get; set; }

    public SettingsPage Shown { get; private set; } = null!;

    public async Task OnGetAsync(string? use, CancellationToken ct)
    {
        Shown = (await ReadAsync(ct)) with { Cleaned = Cleaned?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? [] };
        if (use is not null && sandbox.Select(s => s.Find(use)).FirstOrDefault(v => v is not null) is { } values)
        {
            Shown = Shown.Prefilled(values);
        }

        if (Shown.Check.Running)
        {
            TempData.Keep(nameof(Cleaned));     // without script the page is fetched again until the check ends
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        switch (await save.SaveAsync(ruleset.Id, Form.ToInput(), BasedOn, User.By(), ct))
        {
            case SaveOutcome.Refused refused:
                return Show((await ReadAsync(ct)).Refused(Form, BasedOn, refused.Fields), StatusCodes.Status422UnprocessableEntity);
            case SaveOutcome.Overtaken overtaken:
                return Show((await ReadAsync(ct)).OvertakenBy(Form, overtaken), StatusCodes.Status409Conflict);
            case var saved:
                Cleaned = string.Join('|', saved.Fields.CleanedFields.Select(SettingsField.Label));
                return ToCheck();
        }
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken ct)
    {
        if ((await ReadAsync(ct)).Overview.Newest is { } newest)
        {
            runner.Start(newest, User.By());
        }

        return ToCheck();
    }

    public async Task<IActionResult> OnPostTestMessageAsync(string? to, int? revision, CancellationToken ct)
    {
        var (page, address) = (await ReadAsync(ct), PastedText.Clean(to));
        var tested = page.ForTest.FirstOrDefault(r => revision is null || r.Number == revision);
        if (tested is null && revision is not null)
        {
            // Another one in its place would prove what nobody asked for.
            return Show(page with { TestGone = revision, TestTo = address }, StatusCodes.Status409Conflict);
        }

        var result = tested is null ? null : await testMessage.SendAsync(tested, address, User.By(), ct);
        return Show(page with { Test = result, TestTo = address }, StatusCodes.Status200OK);
    }

    /// <summary>The running check, row by row.</summary>
    public async Task<IActionResult> OnGetProgressAsync(CancellationToken ct)
    {
        using var stream = HttpContext.RequestServices.GetRequiredService<CallerLimits>().StartStream(User);
        if (!stream.IsAcquired)
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        await TypedResults.ServerSentEvents(CheckEvents.Of(reader.Running(), ct)).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    /// <summary>The commands of a failed step as a PowerShell file.</summary>
    public async Task<IActionResult> OnGetCommandsAsync(string step, CancellationToken ct)
    {
        var commands = (await ReadAsync(ct)).Check.CommandsOf(step);
        return commands is null ? NotFound() : File(Encoding.UTF8.GetBytes(commands), "text/plain", $"signify-{step}.ps1");
    }

    /// <summary>The public part of a revision's certificate, for Entra. Its key has no way out.</summary>
    public async Task<IActionResult> OnGetCertificateAsync(int? revision, CancellationToken ct)
    {
        var overview = (await ReadAsync(ct)).Overview;
        var chosen = revision is { } number ? new[] { overview.Draft, overview.Active }.FirstOrDefault(r => r?.Number == number) : overview.Newest;
        return chosen?.Certificate is { } certificate
            ? File(Convert.FromBase64String(certificate.PublicPart), "application/pkix-cert", $"signify-{certificate.Thumbprint[..8].ToLowerInvariant()}.cer")
            : NotFound();
    }

    private async Task<SettingsPage> ReadAsync(CancellationToken ct) => await reader.ReadAsync(await editRight.HasAsync(User), ct);

    private PageResult Show(SettingsPage page, int status)
    {
        Shown = page;
        Response.StatusCode = status;
        return Page();
    }

    private RedirectToPageResult ToCheck() => RedirectToPage(null, null, null, "first-failed");
}
