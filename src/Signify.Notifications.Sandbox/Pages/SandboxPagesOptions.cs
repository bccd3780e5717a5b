namespace Signify.Notifications.Sandbox.Pages;

public sealed class SandboxPagesOptions
{
    /// <summary>True: the product's layout and its settings page are there. False: the sandbox stands alone.</summary>
    public bool HostedInProduct { get; set; }
}
