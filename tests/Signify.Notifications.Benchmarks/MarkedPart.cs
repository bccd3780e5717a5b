namespace Signify.Notifications.Benchmarks;

/// <summary>What a benchmark writes into a page, between two marks; what is written around it stays.</summary>
internal static class MarkedPart
{
    /// <exception cref="InvalidOperationException">The file lacks the marks.</exception>
    public static async Task WriteAsync(string file, string begin, string end, string part)
    {
        var text = await File.ReadAllTextAsync(file);
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{file} has no place for the figures: {begin} and {end}.");
        }

        await File.WriteAllTextAsync(file, $"{text[..from]}{begin}\n{part}\n{text[to..]}");
    }
}
