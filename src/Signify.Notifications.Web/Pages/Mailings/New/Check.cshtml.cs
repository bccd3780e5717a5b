using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Reading;
using Signify.Notifications.Web.Access;
using Signify.Notifications.Web.Pages.Mailings.Drafts;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Pages.Mailings.New;

/// <summary>The second step: the message as each recipient reads it, what was understood of the list, and the button that sends.</summary>
public sealed class CheckModel(
    DraftFolder folder, DraftRehearsal rehearsal, DraftRules rules, DraftHandIn handIn, OverviewReader overview,
    CurrentRuleset ruleset, EditRight editRight) : PageModel
{
    public MailingDraft Draft { get; private set; } = null!;

    public DraftOutlook Outlook { get; private set; } = null!;

    public RehearsedMessage? Message { get; private set; }

    public Notifications.Delivery.Reading.Overview Now { get; private set; } = null!;

    /// <summary>The recipient whose message is shown, from 1.</summary>
    public int N { get; private set; } = 1;

    public string Address => $"/mailings/new/{Draft.Id}/check";

    /// <summary>Where a test goes: the person's own address.</summary>
    public string Self => User.By();

    public string? Error { get; private set; }

    /// <summary>Where the value at fault is among the cells of a row; null for a fault of the row as a whole.</summary>
    public int? FaultColumn(RejectedRow row) => row.Reason.Code switch
    {
        LineCodes.RecipientRejected => Outlook.List.ColumnOf(null) ?? 0,
        LineCodes.FieldMissing => Outlook.List.ColumnOf(row.Reason.Field),
        _ => null,
    };

    /// <summary>Without the name that the field has in the API.</summary>
    public static string Reason(RejectedLine bad) => bad.Message.StartsWith("to: ", StringComparison.Ordinal) ? bad.Message["to: ".Length..] : bad.Message;

    public async Task<IActionResult> OnGetAsync(Guid draft, int? n, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if (await folder.FindAsync(draft, ruleset.Id, User.By(), ct) is not { } found)
        {
            return NotFound();
        }

        return found.HandedInAs is { } mailing ? ToMailing(mailing) : await ShowAsync(found, n ?? 1, ct) ? Page() : ToFirstStep(draft);
    }

    public async Task<IActionResult> OnPostAsync(Guid draft, int n, int good, bool leaveOut, CancellationToken ct)
    {
        if (await folder.FindAsync(draft, ruleset.Id, User.By(), ct) is not { } found)
        {
            return NotFound();
        }

        if (found.HandedInAs is { } before)
        {
            return ToMailing(before);
        }

        if (!await ShowAsync(found, n, ct))
        {
            return ToFirstStep(draft);
        }

        if (good != Outlook.Good)
        {
            return Refuse("The list has changed since this page was shown. Look at it again, then send.");
        }

        if (Outlook.Bad > 0 && !leaveOut)
        {
            return Refuse($"Say what happens to the {Count.Of(Outlook.Bad, "line")} that cannot be sent to: mark the box, or go back and mend the list.");
        }

        var outcome = await handIn.SendAsync(found, ct);
        // The same button pressed twice: the other press may have been the quicker one, and its files are gone.
        return outcome is null or HandInOutcome.KeyReused && (await folder.FindAsync(draft, ruleset.Id, User.By(), ct))?.HandedInAs is { } mailing
            ? ToMailing(mailing)
            : Answer(outcome);
    }

    public async Task<IActionResult> OnPostTestAsync(Guid draft, int n, CancellationToken ct)
    {
        if (await folder.FindAsync(draft, ruleset.Id, User.By(), ct) is not { HandedInAs: null } found)
        {
            return NotFound();
        }

        var outcome = await handIn.TestAsync(found, Math.Max(1, n), Self, ct);
        TempData[outcome is HandInOutcome.NotificationQueued ? "Notice" : "Problem"] = outcome switch
        {
            HandInOutcome.NotificationQueued => $"A test is on its way to {Self}, before all that waits. Activity shows what becomes of it.",
            HandInOutcome.Refused refused => refused.Errors.First().Value[0],
            HandInOutcome.NotStored { Fault: var fault } => $"{DatabaseProblem.Title}. {fault?.Cause} Nothing was sent. Try again later.",
            _ => "There is no message to test with.",
        };
        return RedirectToPage(null, null, new { draft, n });
    }

    /// <summary>Sends to each address once, or as often as the list has it.</summary>
    public async Task<IActionResult> OnPostDuplicatesAsync(Guid draft, bool send, CancellationToken ct)
    {
        if (await folder.FindAsync(draft, ruleset.Id, User.By(), ct) is not { HandedInAs: null } found)
        {
            return NotFound();
        }

        await folder.SaveAsync(found with { SendDuplicates = send }, ct);
        return RedirectToPage(null, null, new { draft }, "duplicates");
    }

    /// <summary>All rows that are left out, as CSV: to correct them in a spreadsheet and upload them again.</summary>
    public async Task<IActionResult> OnGetRejectedAsync(Guid draft, CancellationToken ct)
    {
        if (!await editRight.HasAsync(User))
        {
            return Forbid();
        }

        if (await folder.FindAsync(draft, ruleset.Id, User.By(), ct) is not { HandedInAs: null } found)
        {
            return NotFound();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"rejected-rows.csv\"";
        await RejectedCsv.WriteAsync(Response.Body, await rehearsal.HeadAsync(found, ct), rehearsal.RejectedAsync(found, ct), ct);
        return new EmptyResult();
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid draft, CancellationToken ct)
    {
        if (await folder.FindAsync(draft, ruleset.Id, User.By(), ct) is { HandedInAs: null } found)
        {
            folder.Discard(found);
            TempData["Notice"] = "The draft is discarded.";
        }

        return RedirectToPage("/Mailings/Index");
    }

    private IActionResult Answer(HandInOutcome? outcome)
    {
        switch (outcome)
        {
            case HandInOutcome.MailingQueued queued:
                TempData["Notice"] = $"Handed in for {Count.Of(queued.Accepted, "recipient")}."
                    + (Outlook.Bad > 0 ? $" {Count.Of(Outlook.Bad, "line was", "lines were")} left out." : "")
                    + (Outlook.Duplicates > 0 ? $" {Count.Of(Outlook.Duplicates, "duplicate was", "duplicates were")} skipped." : "");
                return ToMailing(queued.MailingId);
            case HandInOutcome.KeyBusy:
                TempData["Notice"] = "The mailing is being handed in and stands here in a moment.";
                return RedirectToPage("/Mailings/Index");
            case HandInOutcome.Refused refused:
                return Refuse(refused.Errors.First().Value[0]);
            case HandInOutcome.KeyReused:
                return Refuse("This draft was handed in before with other words. Start a new mailing.");
            default:
                return Refuse("The database cannot be written at present. Nothing was queued and nothing is lost; try again later.");
        }
    }

    /// <returns>False when the draft is not ready: the first step says what is missing.</returns>
    private async Task<bool> ShowAsync(MailingDraft draft, int n, CancellationToken ct)
    {
        (Draft, Outlook) = (draft, await rehearsal.RunAsync(draft, ct));
        if (rules.Judge(draft, new MailingForm(), Outlook).Count > 0)
        {
            return false;
        }

        N = Math.Clamp(n, 1, Outlook.Good);
        Message = await rehearsal.MessageAsync(draft, N, ct);
        Now = await overview.ReadAsync(ruleset.Id, ct);
        return true;
    }

    private PageResult Refuse(string reason)
    {
        Error = reason;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private RedirectToPageResult ToMailing(long id) => RedirectToPage("/Mailings/Mailing", new { id });

    private RedirectToPageResult ToFirstStep(Guid draft) => RedirectToPage("Index", new { draft });
}
