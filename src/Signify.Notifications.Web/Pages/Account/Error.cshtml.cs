using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>The page for whatever did not work. It is re-executed with the failed request's method, so it answers to POST and asks for no token.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        // Not bound: a form that cannot be read, which may be what failed, would leave it empty.
        int? status = int.TryParse(RouteData.Values["status"]?.ToString(), out var given) ? given : null;
        var failed = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        var crashed = HttpContext.Features.Get<IExceptionHandlerFeature>() is not null;
        // Someone who opens this address by hand finds nothing.
        Status = crashed ? StatusCodes.Status500InternalServerError : failed ? status ?? StatusCodes.Status404NotFound : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        (Heading, Explanation) = Status switch
        {
            400 => ("This form is no longer valid", "It was opened before you signed in, or too long ago. Go back, reload the page and try again."),
            403 => ("This needs an administrator", "Your account may look but not change. Ask an administrator of this ruleset."),
            404 => ("There is nothing here", "The address is wrong, or what was here is gone."),
            429 => ("Too many attempts", "Wait a minute, then try again."),
            >= 500 => ("Something went wrong on our side", "Nothing more was changed. Try again; if it stays, tell the operator the time and the number below."),
            _ => ("This did not work", "Go back and try again."),
        };
    }
}
