namespace Signify.Notifications.Web.Commands;

/// <summary>The commands an operator calls: <c>Signify.Notifications.Web backup --to …</c>. Without one the program serves.</summary>
internal static class Commands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        BackupCommand.Backup, BackupCommand.Restore, AfterRestoreCommand.Command, RekeyCommand.Command, MoveCommand.Command, UnlockCommand.Command,
    ];

    /// <summary>Whether the first argument is a word of its own, and so the name of a command.</summary>
    public static bool IsNamedIn(string[] args) => args is [[not '-' and not '/', ..] word, ..] && !word.Contains('=', StringComparison.Ordinal);

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args[0] == "help")
        {
            Console.WriteLine(Help());
            return 0;
        }

        if (All.FirstOrDefault(c => c.Name == args[0]) is not { } command)
        {
            await Console.Error.WriteLineAsync($"There is no command \"{args[0]}\".\n\n{Help()}");
            return 1;
        }

        return await Start.RunAsync(() => command.RunAsync(CommandLine.Read(command, args[1..]), CancellationToken.None), command.Fails);
    }

    private static string Help() => string.Join('\n', All.Select(c => $"  {c.Usage}\n      {c.Does}"))
        + "\n\nWithout a command the program serves. Every command takes the program's configuration too, such as --Data:Directory=/var/lib/signify-notifications.";
}
