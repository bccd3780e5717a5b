using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages;

/// <summary>Whether a person may change things. Viewers see the same page without its buttons.</summary>
public sealed class EditRight(IAuthorizationService authorization)
{
    public async Task<bool> HasAsync(ClaimsPrincipal user) => (await authorization.AuthorizeAsync(user, AccessPolicies.Administrator)).Succeeded;
}
