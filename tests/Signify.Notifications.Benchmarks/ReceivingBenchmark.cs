using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Delivery.Sending;
using Signify.Notifications.Tests.Servers;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// What a claim takes while a large mailing is being received, whose rows are not in the queue yet, against the same claim in a mailbox
/// without one. Both mailboxes are in one database and take turns. Goal N.
/// </summary>
internal static class ReceivingBenchmark
{
    private const int Rows = 400_000;
    private const int Spare = 10_000;
    private const int Claimed = 10;
    private const int Waiting = 20;
    private const int Warm = 10;
    private const int Repetitions = 51;

    private static readonly CancellationToken None = CancellationToken.None;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        var figures = new List<Figure>();
        if (options.AsksDatabase("SQLite"))
        {
            figures.Add(await MeasureAsync("SQLite", []));
        }

        if (options.AsksDatabase("PostgreSQL"))
        {
            await using var server = await PostgreSqlServer.StartAsync(durable: true, toDisk: true);
            figures.Add(await MeasureAsync("PostgreSQL", new()
            {
                ["Database:Provider"] = "PostgreSql",
                ["ConnectionStrings:Notifications"] = await server.CreateAsync(),
            }));
        }

        return figures;
    }

    private static async Task<Figure> MeasureAsync(string database, Dictionary<string, string?> configuration)
    {
        await using var lab = await DeliveryLab.StartAsync(25, configuration: configuration);
        var rulesets = await SeededMailboxes.AddAsync(lab, 2);
        var mailboxes = await SeededMailboxes.SubmitAsync(lab, rulesets, Waiting, DeliveryBenchmark.UsualBytes);
        using var leaves = new CancellationTokenSource();
        var receiving = ReceiveAsync(lab, rulesets[1], leaves.Token);
        await StoredAsync(lab, mailboxes[1], receiving);
        var (without, with) = await AlternateAsync(lab, mailboxes[0], mailboxes[1]);
        await leaves.CancelAsync();
        await receiving;
        var ratio = Figure.Median(with) / Figure.Median(without);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{database}: a claim of {Claimed} takes {Figure.Median(without):0.00} ms, and {Figure.Median(with):0.00} ms with {Rows:N0} rows of a mailing that is being received"));
        return new("N", string.Create(CultureInfo.InvariantCulture, $"claim of {Claimed} on {database} while a mailing of the mailbox is being received, {Rows:N0} rows of it stored"),
            "without it", "≤ 1.5", string.Create(CultureInfo.InvariantCulture, $"{Figure.Ratio(ratio)} ({Figure.Median(with):0.00} ms, {Figure.Median(without):0.00} ms)"));
    }

    /// <summary>Submits a mailing whose stream stops after so many recipients, until the caller leaves.</summary>
    private static async Task ReceiveAsync(DeliveryLab lab, Guid ruleset, CancellationToken leaves)
    {
        var mailing = new NewMailing { Name = "Large", Subject = Letter.Subject, Text = Letter.Body(DeliveryBenchmark.UsualBytes) };
        try
        {
            await lab.Get<INotificationQueue>().HandInAsync(new HandInCaller(ruleset, "bench"), mailing, RecipientsAsync(leaves), leaves);
            throw new InvalidOperationException("The mailing was stored though its stream had no end.");
        }
        catch (OperationCanceledException) when (leaves.IsCancellationRequested)
        {
            // Measured.
        }
    }

    private static async IAsyncEnumerable<NewRecipient> RecipientsAsync([EnumeratorCancellation] CancellationToken leaves)
    {
        // More than are waited for: the last ones are stored when more have come.
        for (var i = 1; i <= Rows + Spare; i++)
        {
            yield return new NewRecipient(i, Letter.Recipient(i)) { Fields = Letter.Fields(i) };
        }

        await Task.Delay(Timeout.Infinite, leaves);
    }

    private static async Task StoredAsync(DeliveryLab lab, int mailbox, Task receiving)
    {
        while (true)
        {
            await using var db = lab.NewContext();
            if (await db.Set<Notification>().CountAsync(n => n.MailboxId == mailbox) >= Rows + Waiting)
            {
                return;
            }

            await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromMilliseconds(500)));
            if (receiving.IsCompleted)
            {
                await receiving;
            }
        }
    }

    private static async Task<(List<double> Without, List<double> With)> AlternateAsync(DeliveryLab lab, int without, int with)
    {
        var outbox = lab.Get<Outbox>();
        var epochs = new Dictionary<int, long> { [without] = await EpochAsync(without), [with] = await EpochAsync(with) };
        var milliseconds = new Dictionary<int, List<double>> { [without] = [], [with] = [] };
        for (var i = -Warm; i < Repetitions; i++)
        {
            foreach (var mailbox in new[] { without, with })
            {
                var started = Stopwatch.GetTimestamp();
                var claimed = await outbox.ClaimAsync(mailbox, epochs[mailbox], Claimed, None);
                var took = Stopwatch.GetElapsedTime(started);
                await outbox.ReleaseUnsentAsync(mailbox, epochs[mailbox], None);
                if (claimed.Count != Claimed)
                {
                    throw new InvalidOperationException($"{claimed.Count} were claimed instead of {Claimed}.");
                }

                if (i >= 0)
                {
                    milliseconds[mailbox].Add(took.TotalMilliseconds);
                }
            }
        }

        return (milliseconds[without], milliseconds[with]);

        async Task<long> EpochAsync(int mailbox) => await outbox.TakeOverAsync(mailbox, None) ?? throw new InvalidOperationException("The mailbox has another owner.");
    }
}
