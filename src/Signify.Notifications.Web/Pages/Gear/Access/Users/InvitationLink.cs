using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web.Pages.Gear.Access.Users;

/// <summary>The one-time link that an administrator hands over.</summary>
public sealed record InvitationLink(string Email, string Address)
{
    public const string NeedsSiteAddress = "Links need the address of this site. Ask the operator to set Site:Address.";

    /// <param name="site">The address of this site, without a slash at its end.</param>
    public static InvitationLink To(string site, string email, string token) =>
        new(email, LinkCode.AddTo($"{site}/account/invitation", token));

    public override string ToString() => "***";
}
