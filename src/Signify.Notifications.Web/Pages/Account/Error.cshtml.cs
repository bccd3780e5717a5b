using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Account;

/// <summary>The page for whatever did not work. It is re-executed with the failed request's method, so it answers to POST and asks for no token.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    /// <summary>Somebody who is signed in and may open no ruleset at all.</summary>
    public bool HasNone { get; private set; }

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        // Not bound: a form that cannot be read, which may be what failed, would leave it empty.
        int? status = int.TryParse(RouteData.Values["status"]?.ToString(), out var given) ? given : null;
        var failed = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        var thrown = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;
        var unreadable = thrown as BadHttpRequestException;
        // Someone who opens this address by hand finds nothing.
        Status = thrown is not null ? unreadable?.StatusCode ?? StatusCodes.Status500InternalServerError
            : failed ? status ?? StatusCodes.Status404NotFound
            : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        var outside = Status == StatusCodes.Status403Forbidden && User.Identity?.IsAuthenticated == true && User.RulesetId() is null;
        HasNone = outside && HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString?.Contains($"{RulesetAddress.Parameter}=", StringComparison.Ordinal) != true;
        (Heading, Explanation) = Status switch
        {
            403 when HasNone => ("You have no access yet", "Your account opens no ruleset at present. Ask an administrator to let you in; there is nothing wrong with your password."),
            403 when outside => ("You have no access here", "This address belongs to a ruleset that you may not open, or to none. Nothing was changed. Ask an administrator of that ruleset to let you in."),
            400 when unreadable is not null => ("The request cannot be read", "Nothing was changed. Go back and try again."),
            400 => ("This form is no longer valid", "It was opened before you signed in, or too long ago, or does not say which ruleset it is for. Nothing was changed. Go back, reload the page and try again."),
            403 => ("This needs an administrator", "Only administrators of this ruleset can do this. Ask one of them."),
            404 => ("There is nothing here", "The address is wrong, or what was here is gone."),
            429 => ("Too many attempts", "Wait a minute, then try again."),
            >= 500 => ("Something went wrong on our side", "Nothing more was changed. Try again; if it stays, tell the operator the time and the number below."),
            _ => ("This did not work", "Go back and try again."),
        };
    }
}
