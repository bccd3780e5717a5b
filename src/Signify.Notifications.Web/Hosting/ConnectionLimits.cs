using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Signify.Notifications.Web.Hosting;

/// <summary>Applies <see cref="ConnectionOptions"/> to the web server.</summary>
internal static class ConnectionLimits
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static void AddConnectionLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ConnectionOptions>().BindConfiguration("Connections").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<ConnectionOptions>>((server, options) => Apply(server.Limits, options.Value));
    }

    private static void Apply(KestrelServerLimits limits, ConnectionOptions options)
    {
        limits.MaxConcurrentConnections = options.Most;
        limits.Http2.MaxStreamsPerConnection = options.StreamsPerConnection;
        limits.MaxRequestHeadersTotalSize = options.HeaderBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.IdleSeconds);
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinBytesPerSecond, Grace);
        limits.MinResponseDataRate = new MinDataRate(options.MinBytesPerSecond, Grace);
    }
}
