using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>SHA-256 over what was handed in, for callers that have no bytes of their own to compare. Each part goes in with its length.</summary>
internal sealed class HandInHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(NewNotification notification)
    {
        Add("notification", notification.To, notification.Subject, notification.Text, notification.Html);
        Add(notification.Cc);
        Add(notification.Attachments);
        Add(notification.Priority, notification.OnDoubt, notification.NotBefore, notification.ExpiresAt);
    }

    public void Add(NewMailing mailing)
    {
        Add("mailing", mailing.Name, mailing.Subject, mailing.Text, mailing.Html);
        Add(mailing.Attachments);
        Add(mailing.Priority, mailing.OnDoubt, mailing.NotBefore, mailing.ExpiresAt);
        if (mailing.SkipDuplicates)
        {
            Add("skip-duplicates");
        }
    }

    public void Add(NewRecipient recipient)
    {
        Add(recipient.To, recipient.Fields, recipient.Fault?.Code);
        Add(recipient.Cc);
    }

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();

    private void Add(Priority priority, OnDoubt onDoubt, params ReadOnlySpan<DateTimeOffset?> times)
    {
        Add(priority.ToString(), onDoubt.ToString());
        foreach (var time in times)
        {
            Add(time?.UtcTicks.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Add(IReadOnlyList<string> texts)
    {
        AddLength(texts.Count);
        foreach (var text in texts)
        {
            Add(text);
        }
    }

    private void Add(IReadOnlyList<NewAttachment> attachments)
    {
        AddLength(attachments.Count);
        foreach (var attachment in attachments)
        {
            Add(attachment.Name, attachment.ContentType);
            AddLength(attachment.Content.Length);
            _hash.AppendData(attachment.Content.Span);
        }
    }

    private void Add(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            AddLength(text?.Length ?? -1);
            _hash.AppendData(Encoding.Unicode.GetBytes(text ?? ""));
        }
    }

    private void AddLength(int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        _hash.AppendData(bytes);
    }
}
