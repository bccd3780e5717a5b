namespace Signify.Notifications.Benchmarks;

/// <summary>What was measured at one length of the history.</summary>
/// <param name="Rows">Notifications in the history.</param>
/// <param name="BytesPerRow">Of the database for each of them, with their attempts, their share of a mailing and all indexes.</param>
internal sealed record GrowthStep(long Rows, long BytesPerRow, IReadOnlyList<GrowthCost> Costs);

/// <param name="Milliseconds">The median.</param>
internal sealed record GrowthCost(string Operation, double Milliseconds);
