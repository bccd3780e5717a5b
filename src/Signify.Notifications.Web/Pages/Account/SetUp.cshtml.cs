using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>Where the set-up link of the console leads: makes the first administrator.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Door)]
internal sealed class SetUpModel(SetUpLink link, FirstAdministrator first, PasswordDoor door) : PageModel
{
    [BindProperty]
    public string? Token { get; set; }

    [BindProperty]
    public NewAccountForm Form { get; set; } = new();

    /// <summary>The token has not arrived yet: it is in the link's fragment.</summary>
    public bool AsksForCode { get; private set; }

    public bool LinkOpens { get; private set; }

    public void OnGet() => AsksForCode = true;

    public IActionResult OnPostOpen()
    {
        ModelState.Clear();
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!link.Opens(LinkCode.Read(Token)) || !ModelState.IsValid)
        {
            return Show();
        }

        var made = await first.MakeAsync(Form.Email!.Trim(), Form.Password!, "the set-up link", ct);
        if (!made.Succeeded)
        {
            ModelState.AddErrors(made, "Form.");
            return Show();
        }

        // Whoever has just chosen the password need not type it again.
        await door.TryAsync(Form.Email!.Trim(), Form.Password!, ct);
        TempData["Notice"] = "You are the first administrator.";
        return RedirectToPage("/Gear/Ruleset/Notifications/Index");
    }

    private PageResult Show()
    {
        Token = LinkCode.Read(Token);
        LinkOpens = link.Opens(Token);
        Response.StatusCode = LinkOpens ? StatusCodes.Status200OK : StatusCodes.Status410Gone;
        return Page();
    }
}
