using System.Text;

namespace Signify.Notifications.Delivery.HandIn.Recipients;

/// <summary>
/// The text of a list, a line at a time, in constant memory: UTF-8, or what a byte order mark says. Lines that other programs
/// write before the content are passed over: <c>#TYPE …</c> of Export-Csv and <c>sep=;</c> of Excel.
/// </summary>
internal sealed class ListText(Stream stream, int longestLine) : IDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 32 * 1024);
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private (int Start, int End) _unread;
    private bool _ended;
    private bool _afterReturn;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>What <c>sep=</c> named; null without it.</summary>
    public char? Separator { get; private set; }

    /// <summary>The first line with content; null for a list without any.</summary>
    public async ValueTask<(string? Text, bool TooLong)> FirstAsync(CancellationToken ct)
    {
        while (await NextAsync(ct) is { } line)
        {
            var text = InvisibleCharacters.Trim(line.Text);
            var bare = text.Trim('"');
            if (bare.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && bare.Length <= 5)
            {
                Separator = bare.Length == 5 && bare[4] < '\x7f' && !char.IsAsciiLetterOrDigit(bare[4]) ? bare[4]
                    : line.Text.EndsWith('\t') ? '\t'
                    : null;
            }
            else if (!text.StartsWith("#TYPE", StringComparison.OrdinalIgnoreCase) && !AddressLine.IsBlank(text))
            {
                return line;
            }
        }

        return default;
    }

    /// <returns>Null at the end. A line that is too long is cut there; read no further.</returns>
    public async ValueTask<(string Text, bool TooLong)?> NextAsync(CancellationToken ct)
    {
        _line.Clear();
        Number++;
        while (true)
        {
            SkipLineFeed();
            if (_unread.Start == _unread.End && !await FillAsync(ct))
            {
                return _line.Length > 0 ? (_line.ToString(), false) : null;
            }

            var rest = _buffer.AsSpan(_unread.Start.._unread.End);
            var end = rest.IndexOfAny('\r', '\n');
            _line.Append(end < 0 ? rest : rest[..end]);
            if (end < 0)
            {
                _unread.Start = _unread.End;
            }
            else
            {
                _afterReturn = rest[end] == '\r';
                _unread.Start += end + 1;
                return (_line.ToString(), false);
            }

            if (_line.Length > longestLine)
            {
                return (_line.ToString(0, longestLine), true);
            }
        }
    }

    /// <summary>The text from the line on that was read last. Nothing else may be read after it.</summary>
    public TextReader From(string line) => new RestReader(line, this);

    public void Dispose() => _reader.Dispose();

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        while (!_ended)
        {
            _unread = (0, await _reader.ReadAsync(_buffer, ct));
            _ended = _unread.End == 0;
            SkipLineFeed();
            if (_unread.Start < _unread.End)
            {
                return true;
            }
        }

        return false;
    }

    private void SkipLineFeed()
    {
        if (_afterReturn && _unread.Start < _unread.End)
        {
            _unread.Start += _buffer[_unread.Start] == '\n' ? 1 : 0;
            _afterReturn = false;
        }
    }

    private sealed class RestReader(string line, ListText text) : TextReader
    {
        private string? _first = line + "\n";
        private int _at;

        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (_first is not null)
            {
                return Take(_first, buffer);
            }

            text.SkipLineFeed();
            if (text._unread.Start == text._unread.End && !await text.FillAsync(cancellationToken))
            {
                return 0;
            }

            var count = Math.Min(buffer.Length, text._unread.End - text._unread.Start);
            text._buffer.AsSpan(text._unread.Start, count).CopyTo(buffer.Span);
            text._unread.Start += count;
            return count;
        }

        public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

        public override int Read(char[] buffer, int index, int count) => throw new NotSupportedException();

        private int Take(string first, Memory<char> buffer)
        {
            var count = Math.Min(buffer.Length, first.Length - _at);
            first.AsSpan(_at, count).CopyTo(buffer.Span);
            _at += count;
            _first = _at == first.Length ? null : first;
            return count;
        }
    }
}
