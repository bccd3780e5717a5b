using System.Text.Json;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Api;

/// <summary>Reads a JSON body of bounded size with a bounded number of values, and stops reading where it exceeds one of them.</summary>
internal static class JsonBodyReader
{
    // Many times what settings can hold, and little enough to be repeated in a list of errors.
    private const int SmallBytes = 64 * 1024;

    private const int FirstBuffer = 16 * 1024;

    /// <summary>Reads a body that fits in 64 KB.</summary>
    public static async Task<(JsonDocument? Json, IResult? Problem)> ReadSmallAsync(HttpRequest request, CancellationToken ct)
    {
        var bytes = new byte[SmallBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        if (length > SmallBytes)
        {
            return (null, ApiProblem.TooLarge(SmallBytes));
        }

        try
        {
            return (JsonDocument.Parse(bytes.AsMemory(0, length)), null);
        }
        catch (JsonException ex)
        {
            return (null, ApiProblem.NotJson(ex));
        }
    }

    /// <exception cref="BadHttpRequestException">A large body takes longer than <see cref="HandInOptions.LargeBodySeconds"/>.</exception>
    public static async Task<(JsonDocument? Json, IResult? Problem)> ReadAsync(Stream body, HandInOptions limits, LargeBodySlot slot)
    {
        var scan = new JsonScan(limits.JsonValues);
        var bytes = new byte[Math.Min(FirstBuffer, limits.JsonBytes + 1)];
        var length = 0;
        while (true)
        {
            var rest = bytes.AsMemory(length);
            length += await slot.ReadAsync(ct => body.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, ct));
            if (length > limits.JsonBytes)
            {
                return (null, HandInProblem.TooLarge(limits));
            }

            if (!slot.Admits(length))
            {
                return (null, HandInProblem.Busy());
            }

            var isComplete = length < bytes.Length;
            if (Scan(scan, bytes.AsSpan(0, length), isComplete, limits) is { } problem)
            {
                return (null, problem);
            }

            if (isComplete)
            {
                return (JsonDocument.Parse(bytes.AsMemory(0, length)), null);
            }

            Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, limits.JsonBytes + 1L));
        }
    }

    public static (JsonDocument? Json, IResult? Problem) Parse(ReadOnlyMemory<byte> bytes, HandInOptions limits) =>
        Scan(new JsonScan(limits.JsonValues), bytes.Span, isComplete: true, limits) is { } problem
            ? (null, problem)
            : (JsonDocument.Parse(bytes), null);

    private static IResult? Scan(JsonScan scan, ReadOnlySpan<byte> bytes, bool isComplete, HandInOptions limits)
    {
        try
        {
            return scan.Continue(bytes, isComplete) ? null : HandInProblem.TooManyValues(limits.JsonValues);
        }
        catch (JsonException ex)
        {
            return ApiProblem.NotJson(ex);
        }
    }
}
