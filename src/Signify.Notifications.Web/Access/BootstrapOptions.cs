using Signify.Notifications.Persistence;

namespace Signify.Notifications.Web.Access;

/// <summary>Configuration section <c>Bootstrap</c>: used once, while there is no user or key yet.</summary>
internal sealed class BootstrapOptions
{
    private const int ShortestKey = 24;
    private const int LongestKey = 512;

    public string? AdminEmail { get; set; }

    public string? AdminPassword { get; set; }

    public string? ApiKey { get; set; }

    public bool HasAdministrator => !string.IsNullOrEmpty(AdminEmail);

    /// <exception cref="StartRefusedException">A value cannot be used.</exception>
    public void Check()
    {
        if (string.IsNullOrEmpty(AdminEmail) != string.IsNullOrEmpty(AdminPassword))
        {
            throw new StartRefusedException("Bootstrap:AdminEmail and Bootstrap:AdminPassword belong together. Set both, or neither.");
        }

        if (!string.IsNullOrEmpty(ApiKey) && (ApiKey.Length is < ShortestKey or > LongestKey || ApiKey.Trim() != ApiKey))
        {
            throw new StartRefusedException($"Bootstrap:ApiKey must have {ShortestKey} to {LongestKey} characters and no blank at either end. Make it long and random.");
        }
    }
}
