using System.Runtime.InteropServices;
using MimeKit;

namespace Signify.Notifications.Transports.Smtp;

/// <summary>
/// Ready-made bytes in the shape that MailKit sends: neither built nor encoded nor measured again. MimeKit writes one header and
/// the body; the header's raw value is all of the headers, and the body the rest.
/// </summary>
internal sealed class ReadyMessage : MimeMessage
{
    // MimeKit adds these to the headers when it is told that the body is 8-bit.
    private static readonly FormatOptions EightBitFormat = Hiding(HeaderId.MimeVersion, HeaderId.ContentTransferEncoding);

    public ReadyMessage(SmtpSubmission submission)
        : base([HeadersOf(submission.Content.Span)])
    {
        Submission = submission;
        Body = new ReadyBody(submission);
    }

    public SmtpSubmission Submission { get; }

    public FormatOptions Format => Submission.EightBit ? EightBitFormat : FormatOptions.Default;

    private static int BlankLine(ReadOnlySpan<byte> content) => content.IndexOf("\r\n\r\n"u8) is var end and >= 0
        ? end
        : throw new ArgumentException("A message without a blank line behind its headers.");

    private static Header HeadersOf(ReadOnlySpan<byte> content)
    {
        var headers = content[..(BlankLine(content) + 2)];
        var colon = headers.IndexOf((byte)':');
        var all = new Header(System.Text.Encoding.ASCII.GetString(headers[..colon]), "");
        all.SetRawValue(headers[(colon + 1)..].ToArray());
        return all;
    }

    private static FormatOptions Hiding(params HeaderId[] headers)
    {
        var format = FormatOptions.Default.Clone();
        format.HiddenHeaders.UnionWith(headers);
        return format;
    }

    private sealed class ReadyBody : MimePart
    {
        private const int StepBytes = 64 * 1024;

        private readonly SmtpSubmission _submission;

        public ReadyBody(SmtpSubmission submission)
        {
            _submission = submission;
            Headers.Clear();
            if (submission.EightBit)
            {
                ContentTransferEncoding = ContentEncoding.EightBit;
            }
        }

        public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
        {
            var body = _submission.Content[(BlankLine(_submission.Content.Span) + 4)..];
            while (!body.IsEmpty)
            {
                // A slow line has the whole Timeout for every part of a large message.
                _submission.EnterContent();
                var part = body[..Math.Min(StepBytes, body.Length)];
                await WriteAsync(stream, part, cancellationToken);
                body = body[part.Length..];
            }

            await _submission.ContentIsCompleteAsync();
        }

        // MimeKit's streams know how to filter arrays only.
        private static Task WriteAsync(Stream stream, ReadOnlyMemory<byte> part, CancellationToken ct) =>
            MemoryMarshal.TryGetArray(part, out var array)
                ? stream.WriteAsync(array.Array!, array.Offset, array.Count, ct)
                : stream.WriteAsync(part.ToArray(), 0, part.Length, ct);
    }
}
