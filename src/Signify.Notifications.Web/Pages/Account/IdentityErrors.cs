using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Signify.Notifications.Web.Pages.Account;

internal static class IdentityErrors
{
    /// <summary>Shows Identity's refusal at the field it is about, each fault once.</summary>
    /// <param name="form">What the fields' names begin with: "Form." or nothing.</param>
    public static void AddErrors(this ModelStateDictionary state, IdentityResult result, string form)
    {
        // The e-mail address is the user name: one complaint about it is enough.
        foreach (var error in result.Errors.Where(e => e.Code is not ("DuplicateUserName" or "InvalidUserName")))
        {
            var field = error.Code.StartsWith("Password", StringComparison.Ordinal) ? form + "Password"
                : error.Code.EndsWith("Email", StringComparison.Ordinal) ? form + "Email"
                : "";
            state.AddModelError(field, error.Code == "DuplicateEmail" ? "This user already has access. Select the user in the list to change the role or create a new link." : error.Description);
        }
    }
}
