using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Access;
using Signify.Notifications.Persistence;
using Signify.Notifications.Rulesets;

namespace Signify.Notifications.Web.Access;

/// <summary>Puts the user's ruleset and role into the cookie. It is asked again at each validation of the cookie, so a changed role takes effect then.</summary>
internal sealed class MemberClaims(UserManager<User> users, IOptions<IdentityOptions> options, NotificationsDbContext db)
    : UserClaimsPrincipalFactory<User>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var membership = await db.Set<RulesetMember>().AsNoTracking()
            .Where(m => m.UserId == user.Id)
            .Join(db.Set<Ruleset>(), m => m.RulesetId, r => r.Id, (m, r) => new { r.Id, r.Name, m.Role })
            .OrderBy(m => m.Name)
            .FirstOrDefaultAsync();
        if (membership is not null)
        {
            identity.AddClaim(new Claim(AccessClaims.Ruleset, membership.Id.ToString()));
            identity.AddClaim(new Claim(AccessClaims.RulesetName, membership.Name));
            identity.AddClaim(new Claim(identity.RoleClaimType, membership.Role.ToString()));
        }

        return identity;
    }
}
