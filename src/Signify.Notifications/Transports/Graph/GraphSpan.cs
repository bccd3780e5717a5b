using System.Diagnostics;
using System.Globalization;
using System.Net;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Telemetry;

namespace Signify.Notifications.Transports.Graph;

/// <summary>
/// One request to Graph as traces show it. The general instrumentation of HTTP stays away from it: the mailbox is part of its address.
/// </summary>
internal sealed class GraphSpan : IDisposable
{
    private readonly Activity _span;
    private bool _answered;

    private GraphSpan(Activity span) => _span = span;

    public static GraphSpan? Start(Cloud cloud)
    {
        var span = Tracing.Child(SpanNames.GraphSendMail, ActivityKind.Client);
        span?.SetTag(Tags.Server, cloud.Graph.Host).SetTag(Tags.HttpMethod, "POST");
        return span is null ? null : new GraphSpan(span);
    }

    /// <param name="requestId">Graph's; left out where it is anything but a GUID, as then it might be anything.</param>
    public void Answered(HttpStatusCode status, string requestId)
    {
        _answered = true;
        _span.SetTag(Tags.HttpStatus, (int)status);
        if (Guid.TryParse(requestId, out var id))
        {
            _span.SetTag(Tags.GraphRequest, id);
        }

        if (status != HttpStatusCode.Accepted)
        {
            _span.Fail(((int)status).ToString(CultureInfo.InvariantCulture));
        }
    }

    public void Dispose()
    {
        if (!_answered)
        {
            _span.Fail("no-answer");
        }

        _span.Dispose();
    }
}
