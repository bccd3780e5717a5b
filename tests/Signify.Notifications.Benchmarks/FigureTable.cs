namespace Signify.Notifications.Benchmarks;

internal static class FigureTable
{
    private const string Begin = "<!-- figures: ./bench.sh --write -->";
    private const string End = "<!-- end of figures -->";

    public static string Of(IEnumerable<Figure> figures) => string.Join('\n',
    [
        "| goal | measured | against | to reach | figure |",
        "|---|---|---|---|---|",
        .. figures.Select(f => $"| {f.Id} | {f.Measured} | {f.Reference} | {f.Goal} | {f.Value} |"),
    ]);

    /// <summary>Puts the table in the place of the one that the file has; what is written around it stays.</summary>
    public static async Task WriteAsync(string file, string machine, string table)
    {
        var text = await File.ReadAllTextAsync(file);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{file} has no place for the figures: {Begin} and {End}.");
        }

        await File.WriteAllTextAsync(file, $"{text[..from]}{Begin}\n{machine}\n\n{table}\n{text[to..]}");
    }
}
