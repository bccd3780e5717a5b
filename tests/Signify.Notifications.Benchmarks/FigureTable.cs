namespace Signify.Notifications.Benchmarks;

internal static class FigureTable
{
    private const string Begin = "<!-- figures: ./bench.sh --write -->";
    private const string End = "<!-- end of figures -->";

    public static string Of(IEnumerable<Figure> figures) => string.Join('\n',
    [
        "| | measured | against | floor | goal | figure |",
        "|---|---|---|---:|---:|---:|",
        .. figures.Select(f => $"| {f.Id} | {f.Measured} | {f.Reference} | {f.Floor} | {f.Goal} | {f.Value} |"),
    ]);

    public static Task WriteAsync(string file, string machine, string table) => MarkedPart.WriteAsync(file, Begin, End, $"{machine}\n\n{table}");
}
