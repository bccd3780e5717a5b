namespace Signify.Notifications.Web.Hosting;

/// <summary>Configuration section <c>Site</c>.</summary>
public sealed class SiteOptions
{
    /// <summary>Where users open this program, such as <c>https://notifications.contoso.com</c>. Links are built from it.</summary>
    public Uri? Address { get; set; }
}
