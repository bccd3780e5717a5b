using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signify.Notifications.Persistence.Moving;

/// <summary>How many rows there are and what is in them, whatever their order.</summary>
internal sealed class RowSum : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _number = new byte[9];
    private readonly ulong[] _sum = new ulong[4];
    private readonly byte[] _row = new byte[32];

    public long Rows { get; private set; }

    /// <summary>Rows, and a sum over the hashes of all of them: alike for two tables only when their rows are.</summary>
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Rows}:{_sum[0]:x16}{_sum[1]:x16}{_sum[2]:x16}{_sum[3]:x16}");

    public void Add(IReadOnlyList<object?> values)
    {
        foreach (var value in values)
        {
            Append(value);
        }

        _hash.GetHashAndReset(_row);
        for (var i = 0; i < _sum.Length; i++)
        {
            _sum[i] = unchecked(_sum[i] + BinaryPrimitives.ReadUInt64LittleEndian(_row.AsSpan(i * 8)));
        }

        Rows++;
    }

    public void Dispose() => _hash.Dispose();

    // Each value with its kind and its length, so that no two rows read alike.
    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                Append(0, 0);
                break;
            case string text:
                Append(1, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                Append(2, bytes);
                break;
            case Guid id:
                Append(3, id.ToByteArray());
                break;
            case bool yes:
                Append(4, yes ? 1 : 0);
                break;
            case double number:
                Append(5, BitConverter.DoubleToInt64Bits(number));
                break;
            case DateOnly day:
                Append(6, day.DayNumber);
                break;
            // PostgreSQL counts in microseconds.
            case TimeSpan span:
                Append(7, span.Ticks / TimeSpan.TicksPerMicrosecond);
                break;
            default:
                Append(8, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Append(byte kind, byte[] bytes)
    {
        Append(kind, bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Append(byte kind, long number)
    {
        _number[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(_number.AsSpan(1), number);
        _hash.AppendData(_number);
    }
}
