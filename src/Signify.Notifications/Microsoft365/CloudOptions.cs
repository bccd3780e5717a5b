namespace Signify.Notifications.Microsoft365;

/// <summary>Configuration section <c>Clouds:&lt;Name&gt;</c>. What is not given comes from the built-in cloud of that name, else from Worldwide.</summary>
public sealed class CloudOptions
{
    public string? Authority { get; set; }

    public string? SmtpHost { get; set; }

    public string? SmtpScope { get; set; }

    public string? Graph { get; set; }

    public string? GraphScope { get; set; }

    public string? TrustedRoots { get; set; }

    public bool? CheckRevocation { get; set; }
}
