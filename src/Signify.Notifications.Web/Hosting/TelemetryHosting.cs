using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Web.Hosting;

/// <summary>
/// Where the program's numbers and traces go: numbers to <c>/metrics</c>, both to a collector where one is named. The only file that
/// mentions OpenTelemetry: the library speaks .NET's own.
/// </summary>
internal static class TelemetryHosting
{
    // The standard names of OpenTelemetry, in the environment as everywhere; its exporter reads them and their companions itself.
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Unwatched = ["/health", "/metrics"];

    // Of HTTP calls, the host is left out of the numbers: the hosts of webhooks are as many as there are rulesets, and their own business.
    private static readonly MetricStreamConfiguration WithoutHost = new() { TagKeys = ["http.request.method", "http.response.status_code", "error.type", "network.protocol.version"], CardinalityLimit = 200 };

    // Room for every time series is taken at the start, 150 KB of memory for the usual 2,000 of each metric. Hardly any has a hundred.
    private static readonly MetricStreamConfiguration Few = new() { CardinalityLimit = 200 };

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var collector = !string.IsNullOrEmpty(builder.Configuration[Endpoint]);
        var perRuleset = builder.Configuration.GetValue<bool>("Telemetry:PerRuleset");
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("signify-notifications", serviceVersion: Tracing.Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Tracing.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                    .AddView(instrument => View(instrument, perRuleset))
                    .AddPrometheusExporter();
                if (collector)
                {
                    metrics.AddOtlpExporter();
                }
            });
        if (collector)
        {
            // No instrumentation of HTTP calls: addresses of Graph hold mailboxes, those of webhooks what is theirs. The program's own spans stand for them.
            telemetry.WithTracing(traces => traces
                .AddSource(Tracing.Name)
                .AddAspNetCoreInstrumentation(options => options.Filter = http => !Unwatched.Any(path => http.Request.Path.StartsWithSegments(path)))
                .AddOtlpExporter());
        }
    }

    private static MetricStreamConfiguration? View(Instrument instrument, bool perRuleset) => instrument.Meter.Name switch
    {
        "System.Net.NameResolution" => MetricStreamConfiguration.Drop,
        "System.Net.Http" => instrument.Name == "http.client.request.duration" ? WithoutHost : MetricStreamConfiguration.Drop,
        Tracing.Name when perRuleset => null,
        // Each page with each answer.
        "Microsoft.AspNetCore.Hosting" => null,
        _ => Few,
    };
}
