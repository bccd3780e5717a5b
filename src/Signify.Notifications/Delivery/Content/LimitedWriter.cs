using System.Globalization;

namespace Signify.Notifications.Delivery.Content;

/// <summary>Takes so many characters and no more.</summary>
internal sealed class LimitedWriter(int limit) : StringWriter(CultureInfo.InvariantCulture)
{
    private int _left = limit;

    public bool Full => _left < 0;

    public override void Write(char value)
    {
        Take(1);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Take(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Take(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(string? value)
    {
        Take(value?.Length ?? 0);
        base.Write(value);
    }

    private void Take(int count)
    {
        if (_left < 0 || (_left -= count) < 0)
        {
            _left = -1;
            throw new InvalidOperationException("The output is larger than its limit.");
        }
    }
}
