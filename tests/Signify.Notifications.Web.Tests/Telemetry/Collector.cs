using System.Net;
using System.Text;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Telemetry;

/// <summary>A collector that keeps what it is sent over OTLP (protobuf over HTTP), as Latin-1 text to search in.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly StringBuilder _received = new();
    private readonly Task _serving;

    public Collector()
    {
        Address = $"http://127.0.0.1:{Daemon.FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public string Received
    {
        get
        {
            lock (_received)
            {
                return _received.ToString();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream, Encoding.Latin1);
                var body = await reader.ReadToEndAsync();
                lock (_received)
                {
                    _received.Append(call.Request.Url!.AbsolutePath).Append('\n').Append(body).Append('\n');
                }

                call.Response.ContentType = "application/x-protobuf";
                call.Response.Close();
            }
        }
        catch (Exception ex) when (ex is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
