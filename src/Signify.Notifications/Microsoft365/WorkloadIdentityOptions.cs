namespace Signify.Notifications.Microsoft365;

/// <summary>Section <c>WorkloadIdentity</c>: the identity that the host has, where it is not found by itself.</summary>
public sealed class WorkloadIdentityOptions
{
    /// <summary>False takes it off the form, whatever the host offers.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The rulesets that may use it: <c>Default</c> for the first ruleset of the installation, whatever its name, or a ruleset's ID.
    /// Null: the first alone. No names, which an administrator could give to a ruleset of their own.
    /// </summary>
    public string[]? Rulesets { get; set; }

    /// <summary>The file with the host's signed statement; else what <c>AZURE_FEDERATED_TOKEN_FILE</c> names.</summary>
    public string? TokenFile { get; set; }

    /// <summary>The client ID the host was set up for; else <c>AZURE_CLIENT_ID</c>. Of a managed identity: which one, where the host has several.</summary>
    public string? ClientId { get; set; }

    /// <summary>True on a virtual machine of Azure with a managed identity: its metadata service is asked.</summary>
    public bool ManagedIdentity { get; set; }

    /// <summary>Where the metadata service is.</summary>
    public Uri MetadataAddress { get; set; } = new("http://169.254.169.254/");

    /// <summary>What the statement is for; null takes the one of the cloud.</summary>
    public string? Audience { get; set; }
}
