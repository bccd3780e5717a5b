namespace Signify.Notifications.Web.Commands;

/// <summary>The library as the program has it, without the host: nothing serves, nothing sends.</summary>
internal static class CommandServices
{
    public static ServiceProvider Build(CommandLine line) => new ServiceCollection()
        // Of a new database EF asks for what is not there yet, and logs that as an error.
        .AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical))
        // Production asks for more than Development does.
        .AddSingleton<IHostEnvironment>(line.Builder.Environment)
        .AddNotifications(line.Configuration, line.Builder.Environment.ContentRootPath)
        .BuildServiceProvider();
}
