using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Signify.Notifications.Web.Pages;

/// <summary>Whether a person may change things: what the policy "Administrator" says. Viewers see the same page without its buttons.</summary>
public sealed class EditRight(IAuthorizationService authorization, IAuthorizationPolicyProvider policies)
{
    public const string Policy = "Administrator";

    public async Task<bool> HasAsync(ClaimsPrincipal user) =>
        await policies.GetPolicyAsync(Policy) is not { } policy || (await authorization.AuthorizeAsync(user, policy)).Succeeded;
}
