using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Configuration section <c>Cluster</c>: how the processes of a cluster reach this one. Only with PostgreSQL.</summary>
public sealed class ClusterEndpointOptions
{
    public const int DefaultSiloPort = 11111;

    /// <summary>This machine's address in the private network of the cluster; without one, all processes are on this machine.</summary>
    public string? Address { get; set; }

    /// <summary>0 picks the usual one (11111), or one that is free when the processes are on one machine.</summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>Path of a PFX file: the processes then speak TLS and each proves that it has this certificate, or one of <see cref="TrustedRoots"/>.</summary>
    public string? Certificate { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>Path of a PEM file with the roots whose certificates the others may show; without it only the same certificate is accepted.</summary>
    public string? TrustedRoots { get; set; }
}
