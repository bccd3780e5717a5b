namespace Signify.Notifications.Web.Commands;

/// <summary>The library as the program has it, without the host: nothing serves, nothing sends.</summary>
internal static class CommandServices
{
    public static ServiceProvider Build(CommandLine line) => new ServiceCollection()
        .AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Error))
        // Production asks for more than Development does.
        .AddSingleton<IHostEnvironment>(line.Builder.Environment)
        .AddNotifications(line.Configuration, line.Builder.Environment.ContentRootPath)
        .BuildServiceProvider();
}
