using System.Buffers.Binary;
using System.Security.Cryptography;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Delivery.Sending;

/// <summary>
/// A line of the record as its bytes in the journal: its length and the first eight bytes of its SHA-256, then what it says. Whatever
/// a fault of the disk made of it, it is read as it was written or not at all.
/// </summary>
/// <param name="Number">Of the line in its journal: 1, 2, 3 …</param>
internal sealed record JournalEntry(long Number, Ending? Ended, InHand? Next)
{
    private const int HeadLength = sizeof(int) + CheckLength;
    private const int CheckLength = 8;

    /// <summary>Longer than any line: the server's words are cut at 2,000 characters.</summary>
    private const int Longest = 64 * 1024;

    public static void Write(MemoryStream to, long number, Ending? ended, InHand? next)
    {
        to.SetLength(HeadLength);
        to.Position = HeadLength;
        using (var writer = new BinaryWriter(to, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(number);
            Write(writer, ended);
            Write(writer, next);
        }

        var bytes = to.GetBuffer().AsSpan(0, (int)to.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - HeadLength);
        Check(bytes[HeadLength..], bytes[sizeof(int)..HeadLength]);
    }

    /// <summary>All that can be read, in their order.</summary>
    /// <param name="damaged">Whether something else follows than nothing, or the zeros of a file that was lengthened and not written.</param>
    public static IReadOnlyList<JournalEntry> ReadAll(ReadOnlySpan<byte> bytes, out bool damaged)
    {
        var entries = new List<JournalEntry>();
        while (bytes.Length >= HeadLength
            && BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length and > 0 and < Longest
            && length <= bytes.Length - HeadLength
            && IsWhole(bytes[HeadLength..][..length], bytes[sizeof(int)..HeadLength])
            && Read(bytes[HeadLength..][..length]) is { } entry)
        {
            entries.Add(entry);
            bytes = bytes[(HeadLength + length)..];
        }

        damaged = bytes.ContainsAnyExcept((byte)0);
        return entries;
    }

    private static void Write(BinaryWriter to, Ending? ended)
    {
        to.Write(ended is not null);
        if (ended is null)
        {
            return;
        }

        Write(to, ended.Of);
        to.Write((int)ended.State);
        to.Write(ended.At.UtcTicks);
        to.Write(ended.DueAt?.UtcTicks ?? 0);
        to.Write(ended.UsesNoAttempt);
        to.Write(ended.PacedRecipients);
        to.Write(ended.Attempt is not null);
        if (ended.Attempt is { } made)
        {
            to.Write(made.StartedAt.UtcTicks);
            to.Write((int)made.Route);
            to.Write((int)made.Outcome);
            to.Write(made.Code?.ToString() ?? "");
            to.Write(made.Words is not null);
            to.Write(made.Words ?? "");
        }
    }

    // What the record asks for, and nothing about the person.
    private static void Write(BinaryWriter to, InHand? of)
    {
        to.Write(of is not null);
        if (of is not null)
        {
            to.Write(of.Id);
            to.Write(of.MailboxId);
            to.Write(of.Epoch);
            to.Write(of.MailingId);
        }
    }

    private static JournalEntry? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), System.Text.Encoding.UTF8);
            return new JournalEntry(reader.ReadInt64(), ReadEnding(reader), ReadInHand(reader));
        }
        catch (Exception ex) when (ex is IOException or FormatException or ArgumentException)
        {
            // Of a later version of this program: not ours to guess at.
            return null;
        }
    }

    private static Ending? ReadEnding(BinaryReader from) => !from.ReadBoolean() ? null : new Ending
    {
        Of = ReadInHand(from) ?? throw new FormatException("An end of nothing."),
        State = (NotificationState)from.ReadInt32(),
        At = new DateTimeOffset(from.ReadInt64(), TimeSpan.Zero),
        DueAt = from.ReadInt64() is var due and > 0 ? new DateTimeOffset(due, TimeSpan.Zero) : null,
        UsesNoAttempt = from.ReadBoolean(),
        PacedRecipients = from.ReadInt32(),
        Attempt = from.ReadBoolean() ? ReadAttempt(from) : null,
    };

    private static AttemptMade ReadAttempt(BinaryReader from)
    {
        var (started, route, outcome, code) = (from.ReadInt64(), (Route)from.ReadInt32(), (AttemptOutcome)from.ReadInt32(), from.ReadString());
        var (hasWords, words) = (from.ReadBoolean(), from.ReadString());
        return new AttemptMade(new DateTimeOffset(started, TimeSpan.Zero), route, outcome, code.Length == 0 ? null : Enum.Parse<FindingCode>(code), hasWords ? words : null);
    }

    private static InHand? ReadInHand(BinaryReader from) => !from.ReadBoolean() ? null
        : new InHand(from.ReadInt64(), from.ReadInt32(), from.ReadInt64(), from.ReadInt64(), "", null, null, null, default, 0, 0, null);

    private static bool IsWhole(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> check)
    {
        Span<byte> computed = stackalloc byte[CheckLength];
        Check(bytes, computed);
        return computed.SequenceEqual(check);
    }

    private static void Check(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[..CheckLength].CopyTo(to);
    }
}
