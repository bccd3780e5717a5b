namespace Signify.Notifications.Benchmarks;

/// <summary>What the sending process used while it was watched.</summary>
/// <param name="Processors">Processor seconds per second of the program.</param>
/// <param name="DatabaseProcessors">The same of the database's processes; 0 where it has none.</param>
/// <param name="PeakMegabytes">The highest resident memory since its start.</param>
/// <param name="HeapMegabytes">The largest managed heap that a garbage collection left.</param>
/// <param name="ToServer">Connections to the mail server.</param>
/// <param name="ToDatabase">Connections to the database server.</param>
internal sealed record MailboxesSample(
    DateTimeOffset Begin, DateTimeOffset End, double Processors, double DatabaseProcessors, double PeakMegabytes, double HeapMegabytes, Level ToServer, Level ToDatabase);

/// <summary>Something that goes up and down.</summary>
internal readonly record struct Level(double Mean, int Peak)
{
    public static Level Of(IReadOnlyCollection<int> samples) => new(samples.Average(), samples.Max());
}
