using System.Text.Json;

namespace Signify.Notifications.Web.Api;

/// <summary>Reads a JSON body of bounded size.</summary>
internal static class JsonBodyReader
{
    private const int FirstBuffer = 16 * 1024;

    public static async Task<(JsonDocument? Json, IResult? Problem)> ReadAsync(Stream body, int limit, CancellationToken ct)
    {
        var bytes = new byte[Math.Min(FirstBuffer, limit + 1)];
        var length = 0;
        while (true)
        {
            var read = await body.ReadAtLeastAsync(bytes.AsMemory(length), bytes.Length - length, throwOnEndOfStream: false, ct);
            length += read;
            if (length > limit)
            {
                return (null, HandInProblem.TooLarge(limit));
            }

            if (length < bytes.Length)
            {
                return Parse(bytes.AsMemory(0, length));
            }

            Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, limit + 1L));
        }
    }

    public static (JsonDocument? Json, IResult? Problem) Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return (JsonDocument.Parse(bytes), null);
        }
        catch (JsonException ex)
        {
            return (null, ApiProblem.NotJson(ex));
        }
    }
}
