using Signify.Notifications.Benchmarks;

if (args is [TlsSink.Command, ..])
{
    await TlsSink.RunAsync(args[1..]);
    return 0;
}

// Each benchmark gives ratios measured in one run: absolute times move with the machine, ratios hold.
var benchmarks = new Dictionary<string, Func<BenchmarkOptions, Task<IReadOnlyList<Figure>>>>
{
    ["delivery"] = DeliveryBenchmark.RunAsync,
    ["postgresql"] = DeliveryBenchmark.RunOnPostgreSqlAsync,
    ["relays"] = RelaysBenchmark.RunAsync,
    ["receiving"] = ReceivingBenchmark.RunAsync,
    ["tls"] = TlsBenchmark.RunAsync,
    ["separate-replies"] = SeparateRepliesBenchmark.RunAsync,
    ["size"] = SizeBenchmark.RunAsync,
    ["hand-in"] = HandInBenchmark.RunAsync,
    ["postfix"] = PostfixBenchmark.RunAsync,
    ["pace"] = PaceBenchmark.RunAsync,
    ["memory"] = MemoryBenchmark.RunAsync,
    ["verdict"] = VerdictBenchmark.RunAsync,
    [MailboxesBenchmark.Name] = MailboxesBenchmark.RunAsync,
    [GrowthBenchmark.Name] = GrowthBenchmark.RunAsync,
};
var options = BenchmarkOptions.Read(args);
if (options.Names.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"No benchmark is called {unknown}. There are: {string.Join(' ', benchmarks.Keys)}.");
    return 1;
}

var machine = Machine.Describe();
Console.WriteLine(machine);
var figures = new List<Figure>();
foreach (var (name, benchmark) in benchmarks.Where(b => options.Asks(b.Key)))
{
    Console.WriteLine($"\n== {name}");
    figures.AddRange(await benchmark(options));
}

if (figures.Count == 0)
{
    return 0;
}

var table = FigureTable.Of(figures.OrderBy(f => f.Id.Length == 0 ? "Z" : f.Id, StringComparer.Ordinal));
Console.WriteLine($"\n{table}");
if (options.Write)
{
    await FigureTable.WriteAsync(Path.Combine("docs", "performance.md"), machine, table);
}

return 0;
