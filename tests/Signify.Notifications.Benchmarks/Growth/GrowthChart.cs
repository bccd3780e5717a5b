using System.Globalization;
using System.Text;

namespace Signify.Notifications.Benchmarks;

/// <summary>Both axes by powers of ten: a cost that does not grow is a level line, one that grows with the history goes up as steeply as the frame's diagonal would.</summary>
internal static class GrowthChart
{
    private const int Width = 900;
    private const int Height = 480;
    private const int Left = 96;
    private const int Right = 620;
    private const int Top = 52;
    private const int Bottom = 420;
    private const int LabelHeight = 18;

    // Each at least 4.5 to 1 against its ground; lines are told apart by their labels, colour only helps.
    private static readonly string[] Light = ["#0f6cbd", "#a4262c", "#0b6a0b", "#6b4ea0", "#8f4e00", "#00666d", "#a31f6d", "#3b3a39", "#4f5d00"];
    private static readonly string[] Dark = ["#62abf5", "#f1707b", "#6ccb5f", "#b89df0", "#ffaa44", "#4cd0d8", "#ff8fc0", "#d6d6d6", "#c8d44c"];

    public static string Of(string database, IReadOnlyList<GrowthStep> steps)
    {
        var all = steps.SelectMany(s => s.Costs).Select(c => Math.Log10(c.Milliseconds)).ToList();
        var (low, high) = ((int)Math.Floor(all.Min()), (int)Math.Ceiling(all.Max()));
        var (first, last) = (Math.Log10(steps[0].Rows), Math.Max(Math.Log10(steps[^1].Rows), Math.Log10(steps[0].Rows) + 1));
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"title desc\">\n"));
        svg.Append(Text($"<title id=\"title\">{database}: milliseconds by rows of history</title>\n<desc id=\"desc\">{Description(steps)}</desc>\n<style>\n{Style()}</style>\n"));
        svg.Append(Text($"<rect class=\"ground\" width=\"{Width}\" height=\"{Height}\"/>\n<text class=\"head\" x=\"{Left}\" y=\"28\">{database}: milliseconds by rows of history</text>\n"));
        for (var power = low; power <= high; power++)
        {
            svg.Append(Text($"<path class=\"grid\" d=\"M{Left} {Y(power):0.#}H{Right}\"/><text x=\"{Left - 8}\" y=\"{Y(power) + 5:0.#}\" text-anchor=\"end\">{Math.Pow(10, power):#,0.###} ms</text>\n"));
        }

        foreach (var step in steps)
        {
            svg.Append(Text($"<path class=\"grid\" d=\"M{X(step):0.#} {Top}V{Bottom}\"/><text x=\"{X(step):0.#}\" y=\"{Bottom + 24}\" text-anchor=\"middle\">{step.Rows:N0}</text>\n"));
        }

        var labels = Spread([.. steps[^1].Costs.Select(c => Y(Math.Log10(c.Milliseconds)))]);
        for (var i = 0; i < steps[0].Costs.Count; i++)
        {
            var points = steps.Select(s => (X: X(s), Y: Y(Math.Log10(s.Costs[i].Milliseconds)))).ToList();
            svg.Append(Text($"<g class=\"c{i}\"><polyline points=\"{string.Join(' ', points.Select(p => Text($"{p.X:0.#},{p.Y:0.#}")))}\"/>"));
            points.ForEach(p => svg.Append(Text($"<circle cx=\"{p.X:0.#}\" cy=\"{p.Y:0.#}\" r=\"3.5\"/>")));
            svg.Append(Text($"<path class=\"lead\" d=\"M{points[^1].X + 5:0.#} {points[^1].Y:0.#}L{Right + 20} {labels[i]:0.#}\"/><text x=\"{Right + 24}\" y=\"{labels[i] + 5:0.#}\">{steps[0].Costs[i].Operation}</text></g>\n"));
        }

        return svg.Append("</svg>\n").ToString();

        double X(GrowthStep step) => Left + ((Math.Log10(step.Rows) - first) / (last - first) * (Right - Left));

        double Y(double power) => Bottom - ((power - low) / Math.Max(1, high - low) * (Bottom - Top));
    }

    /// <summary>The same for those who hear the picture.</summary>
    private static string Description(IReadOnlyList<GrowthStep> steps) => string.Join(" ", steps[0].Costs.Select((cost, i) =>
        Text($"{cost.Operation}: {cost.Milliseconds:0.##} ms at {steps[0].Rows:N0} rows, {steps[^1].Costs[i].Milliseconds:0.##} ms at {steps[^1].Rows:N0}.")));

    /// <summary>Labels in the order of their lines, none on another.</summary>
    private static double[] Spread(double[] ends)
    {
        var places = (double[])ends.Clone();
        var order = Enumerable.Range(0, ends.Length).OrderBy(i => ends[i]).ToArray();
        for (var k = 1; k < order.Length; k++)
        {
            places[order[k]] = Math.Max(places[order[k]], places[order[k - 1]] + LabelHeight);
        }

        // Those pushed below the frame push the ones above them up again.
        for (var (k, lowest) = (order.Length - 1, (double)Bottom); k >= 0; k--, lowest -= LabelHeight)
        {
            places[order[k]] = Math.Min(places[order[k]], lowest);
        }

        return places;
    }

    private static string Style()
    {
        var style = new StringBuilder("text{font:13px system-ui,sans-serif;fill:#242424}.head{font-size:16px;font-weight:600}.ground{fill:#fff}.grid{stroke:#e0e0e0;fill:none}\n");
        style.Append("polyline{fill:none;stroke-width:2}.lead{fill:none;stroke-width:1;stroke-dasharray:2 3}circle{stroke:none}\n").Append(Colours(Light));
        return style.Append("@media (prefers-color-scheme:dark){text{fill:#f0f0f0}.ground{fill:#1b1a19}.grid{stroke:#484644}\n").Append(Colours(Dark)).Append("}\n").ToString();
    }

    private static string Colours(string[] palette) => string.Concat(palette.Select((colour, i) =>
        $".c{i} polyline,.c{i} .lead{{stroke:{colour}}}.c{i} circle,.c{i} text{{fill:{colour}}}\n"));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
