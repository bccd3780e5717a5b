using System.Globalization;
using Signify.Notifications.Delivery.Reading;

namespace Signify.Notifications.Web.Pages.Overview;

/// <summary>
/// The last 24 hours as bars: where each stands and how tall it is. Widths are shares of the picture's width and heights are
/// pixels, so that it fills any screen without stretching its letters.
/// </summary>
public sealed class DayChart
{
    /// <summary>From the top of the picture to the line the bars stand on.</summary>
    public const double Floor = 148;

    /// <summary>Room above the tallest bar for the words at the line of the pace.</summary>
    private const double Ceiling = 20;

    /// <summary>A bar of one notification must be seen beside one of thousands.</summary>
    private const double Least = 3;

    private DayChart(IReadOnlyList<Bar> bars, int? allowed, int top) => (Bars, Allowed, Top) = (bars, allowed, top);

    /// <summary>One hour. X and Width are percent, the others pixels; a failed part stands on top of the sent one.</summary>
    public sealed record Bar(DateTimeOffset From, int Sent, int Failed, double X, double Width, double SentTop, double FailedTop, bool Now)
    {
        public double Middle => X + (Width / 2);

        public string Words => $"{Sent:N0} sent{(Failed > 0 ? $", {Failed:N0} failed" : "")}";

        public string Says => $"{From.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC: {Words}";
    }

    public IReadOnlyList<Bar> Bars { get; }

    /// <summary>What the provider allows in an hour; null where nothing limits it.</summary>
    public int? Allowed { get; }

    /// <summary>What the top of the picture stands for.</summary>
    public int Top { get; }

    public double AllowedY => Y(Allowed ?? Top, Top);

    public int Sent => Bars.Sum(b => b.Sent);

    public int Failed => Bars.Sum(b => b.Failed);

    public Bar? Peak => Bars.Where(b => b.Sent > 0).MaxBy(b => b.Sent);

    /// <param name="hours">Oldest first; the last is the hour that runs.</param>
    public static DayChart Of(IReadOnlyList<ChartHour> hours)
    {
        var allowed = hours.Count == 0 ? null : hours[^1].Allowed;
        var top = hours.Select(h => h.Sent + h.Failed).Append(allowed ?? 0).Append(1).Max();
        var slot = 100.0 / Math.Max(1, hours.Count);
        var bars = hours.Select((hour, i) =>
        {
            var sentTop = Y(hour.Sent, top);
            var failedTop = sentTop - (Floor - Y(hour.Failed, top));
            return new Bar(hour.At, hour.Sent, hour.Failed, (i * slot) + (slot * 0.16), slot * 0.68, sentTop, failedTop, i == hours.Count - 1);
        });
        return new DayChart([.. bars], allowed, top);
    }

    /// <summary>A number as an SVG attribute wants it, whatever the culture.</summary>
    public static string Svg(double number) => Math.Round(number, 2).ToString(CultureInfo.InvariantCulture);

    private static double Y(int count, int top) =>
        count == 0 ? Floor : Floor - Math.Max(Least, (Floor - Ceiling) * count / top);
}
