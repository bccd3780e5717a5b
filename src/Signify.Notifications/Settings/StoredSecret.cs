namespace Signify.Notifications.Settings;

/// <summary>A secret as a row keeps it: unreadable without the key ring, told apart by its fingerprint.</summary>
public sealed record StoredSecret
{
    public required string Ciphertext { get; init; }

    /// <summary>Six hexadecimal digits, drawn when the secret is set and kept while it stays the same. They name it and give nothing of it away.</summary>
    public required string Fingerprint { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    public required string SetBy { get; init; }
}
