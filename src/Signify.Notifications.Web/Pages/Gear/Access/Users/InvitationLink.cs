namespace Signify.Notifications.Web.Pages.Gear.Access.Users;

/// <summary>The one-time link that an administrator hands over.</summary>
public sealed record InvitationLink(string Email, string Address)
{
    public static InvitationLink To(HttpRequest request, string email, string token) =>
        new(email, $"{request.Scheme}://{request.Host}{request.PathBase}/account/invitation?token={token}");

    public override string ToString() => "***";
}
