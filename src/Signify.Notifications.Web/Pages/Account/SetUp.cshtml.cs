using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>Where the set-up link of the console leads: makes the first administrator.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Door)]
internal sealed class SetUpModel(SetUpLink link, FirstAdministrator first) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public NewAccountForm Form { get; set; } = new();

    public bool LinkOpens { get; private set; }

    public IActionResult OnGet()
    {
        ModelState.Clear();
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!link.Opens(Token) || !ModelState.IsValid)
        {
            return Show();
        }

        var made = await first.MakeAsync(Form.Email!.Trim(), Form.Password!, "the set-up link", ct);
        if (!made.Succeeded)
        {
            ModelState.AddErrors(made, "Form.");
            return Show();
        }

        TempData["Notice"] = "The first administrator is set up. Sign in.";
        return RedirectToPage("SignIn");
    }

    private PageResult Show()
    {
        LinkOpens = link.Opens(Token);
        Response.StatusCode = LinkOpens ? StatusCodes.Status200OK : StatusCodes.Status410Gone;
        return Page();
    }
}
