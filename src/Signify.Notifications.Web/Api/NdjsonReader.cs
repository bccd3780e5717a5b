using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Api;

/// <summary>
/// Reads NDJSON as it comes: a head, then a recipient a line. Holds one line at a time, however many there are. Lines are numbered
/// from 1, the head's; blank ones count and are passed over.
/// </summary>
internal sealed class NdjsonReader(Stream body, HandInOptions limits) : IAsyncDisposable
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly PipeReader _pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    private long _line;
    private bool _skipping;

    public async Task<(JsonDocument? Json, IResult? Problem)> ReadHeadAsync(LargeBodySlot slot)
    {
        var searched = 0L;
        while (true)
        {
            var read = await slot.ReadAsync(_pipe.ReadAsync);
            // A head with attachments comes in thousands of pieces: none is looked through twice.
            var end = read.Buffer.Slice(searched).PositionOf((byte)'\n');
            if (end is null && !read.IsCompleted && read.Buffer.Length <= limits.JsonBytes && slot.Admits(read.Buffer.Length))
            {
                searched = read.Buffer.Length;
                _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var line = end is { } at ? read.Buffer.Slice(0, at) : read.Buffer;
            if (line.Length > limits.JsonBytes)
            {
                return (null, HandInProblem.TooLarge(limits));
            }

            if (!slot.Admits(line.Length))
            {
                return (null, HandInProblem.Busy());
            }

            var head = line.ToArray().AsMemory();
            _pipe.AdvanceTo(end is { } past ? read.Buffer.GetPosition(1, past) : read.Buffer.End);
            _line = 1;
            return JsonBodyReader.Parse(head.Span.StartsWith(ByteOrderMark) ? head[ByteOrderMark.Length..] : head, limits);
        }
    }

    public async IAsyncEnumerable<NewRecipient> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var recipients = new List<NewRecipient>();
        while (true)
        {
            var read = await _pipe.ReadAsync(ct);
            var rest = Take(read.Buffer, read.IsCompleted, recipients);
            _pipe.AdvanceTo(rest.Start, rest.End);
            foreach (var recipient in recipients)
            {
                yield return recipient;
            }

            recipients.Clear();
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();

    /// <returns>The beginning of a line whose end has not come.</returns>
    private ReadOnlySequence<byte> Take(ReadOnlySequence<byte> buffer, bool completed, List<NewRecipient> recipients)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            Line(buffer.Slice(0, end), recipients);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }

        if (completed && (buffer.Length > 0 || _skipping))
        {
            Line(buffer, recipients);
            return buffer.Slice(buffer.End);
        }

        if (buffer.Length <= limits.LineBytes)
        {
            return buffer;
        }

        // Passed over without keeping it; it is told when its end comes.
        _skipping = true;
        return buffer.Slice(buffer.End);
    }

    private void Line(ReadOnlySequence<byte> line, List<NewRecipient> recipients)
    {
        _line++;
        if (_skipping || line.Length > limits.LineBytes + 1)
        {
            _skipping = false;
            recipients.Add(new NewRecipient(_line, null) { Fault = new LineFault(LineCodes.LineTooLong, $"A line has at most {limits.LineBytes} bytes.") });
        }
        else if (line.IsSingleSegment)
        {
            Read(line.FirstSpan, recipients);
        }
        else
        {
            Read(line.ToArray(), recipients);
        }
    }

    private void Read(ReadOnlySpan<byte> line, List<NewRecipient> recipients)
    {
        if (line.IndexOfAnyExcept(" \t\r"u8) >= 0)
        {
            recipients.Add(RecipientLine.Read(_line, line));
        }
    }
}
