using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Configuration section <c>Connections</c>: what the web server grants a connection, before anybody is recognized.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Open at a time, of all callers together; further ones are closed immediately.</summary>
    [Range(10, 1_000_000)]
    public int Most { get; set; } = 2000;

    /// <summary>HTTP/2 requests at a time on one connection.</summary>
    [Range(1, 1000)]
    public int StreamsPerConnection { get; set; } = 100;

    /// <summary>Bytes of all request headers together.</summary>
    [Range(4 * 1024, 1024 * 1024)]
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>Seconds within which the request headers must have arrived.</summary>
    [Range(1, 600)]
    public int HeaderSeconds { get; set; } = 30;

    /// <summary>Seconds that an idle connection stays open for its next request.</summary>
    [Range(1, 3600)]
    public int IdleSeconds { get; set; } = 130;

    /// <summary>
    /// Bytes a second at which a body must arrive and an answer must be taken, after five seconds. Streams of recipients and of events have
    /// rules of their own.
    /// </summary>
    [Range(1, 1024 * 1024)]
    public int MinBytesPerSecond { get; set; } = 240;
}
