using Signify.Notifications.Benchmarks;

// Each benchmark prints ratios measured in one run: absolute times move with the machine, ratios hold.
switch (args.FirstOrDefault() ?? "verdict")
{
    case "verdict":
        await VerdictBenchmark.RunAsync(rounds: 15, CancellationToken.None);
        return 0;
    case "delivery":
        await DeliveryBenchmark.RunAsync(rounds: 5);
        return 0;
    default:
        Console.Error.WriteLine("verdict: Save to verdict against the slower of token alone and sign-in alone");
        return 1;
}
