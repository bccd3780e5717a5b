using System.Globalization;

namespace Signify.Notifications.Benchmarks;

/// <summary>One line of the table: what was measured as a ratio, and what it is to reach.</summary>
/// <param name="Id">The letter of the goal; "" for what only explains another figure.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Reference">What it is divided by: a floor, or what most programs do.</param>
/// <param name="Goal">Such as "≥ 0.60"; "" for none.</param>
/// <param name="Value">The median, with its unit.</param>
internal sealed record Figure(string Id, string Measured, string Reference, string Goal, string Value)
{
    /// <summary>What the best of the sketches reached that were made before the program: less would be a step back. "–" where none was measured.</summary>
    public string Floor { get; init; } = "–";

    public static string Ratio(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    public static string Ratio(IEnumerable<double> rounds) => Ratio(Median(rounds));

    public static double Median(IEnumerable<double> rounds)
    {
        var ordered = rounds.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }
}
