using System.Net.ServerSentEvents;
using System.Text;
using System.Threading.Channels;

namespace Signify.Notifications.Web.Api;

/// <summary>Writes what comes from several sources as server-sent events, and a comment when for long nothing comes: proxies hang up on silence.</summary>
internal static class EventStream
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Ends with the first source that ends.</summary>
    public static async Task WriteAsync(Stream body, TimeProvider time, CancellationToken ct, params IReadOnlyList<Func<CancellationToken, IAsyncEnumerable<SseItem<string>>>> sources)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // A slow reader holds the sources up, and each knows what to leave out.
        var channel = Channel.CreateBounded<SseItem<string>>(1);
        var pumps = sources.Select(source => PumpAsync(source(end.Token), channel.Writer, end.Token)).ToList();
        try
        {
            while (await NextAsync(channel.Reader, body, time, ct) is { } item)
            {
                // Our JSON is one line.
                await body.WriteAsync(Encoding.UTF8.GetBytes($"event: {item.EventType}\ndata: {item.Data}\n\n"), ct);
                await body.FlushAsync(ct);
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(pumps);
        }
    }

    private static async Task<SseItem<string>?> NextAsync(ChannelReader<SseItem<string>> items, Stream body, TimeProvider time, CancellationToken ct)
    {
        var ready = items.WaitToReadAsync(ct).AsTask();
        while (!ready.IsCompleted)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
            if (await Task.WhenAny(ready, Task.Delay(Silence, time, waiting.Token)) != ready)
            {
                ct.ThrowIfCancellationRequested();
                await body.WriteAsync(":\n\n"u8.ToArray(), ct);
                await body.FlushAsync(ct);
            }

            await waiting.CancelAsync();
        }

        return await ready && items.TryRead(out var item) ? item : null;
    }

    private static async Task PumpAsync(IAsyncEnumerable<SseItem<string>> source, ChannelWriter<SseItem<string>> items, CancellationToken ct)
    {
        try
        {
            await foreach (var item in source)
            {
                await items.WriteAsync(item, ct);
            }

            items.TryComplete();
        }
        catch (Exception ex)
        {
            // The one that writes throws it, or is the one that cancelled.
            items.TryComplete(ex);
        }
    }
}
