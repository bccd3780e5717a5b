using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;
using Signify.Notifications.Web.Hosting;

namespace Signify.Notifications.Web.Commands;

/// <summary>The options of a command, and the configuration it works with: the same files, environment and arguments as the program itself.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private CommandLine(string[] configuration) =>
        Builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = configuration, ContentRootPath = ContentRoot() }).AddCredentials();

    public WebApplicationBuilder Builder { get; }

    public IConfiguration Configuration => Builder.Configuration;

    /// <summary>Null when it was not given.</summary>
    public string? this[string option] => _values.GetValueOrDefault(option);

    public bool Has(string option) => _values.ContainsKey(option);

    /// <summary>The data folder and the database file that the program would use.</summary>
    /// <exception cref="BackupRefusedException">The database is not a file.</exception>
    public (string Folder, string Database) Data()
    {
        var place = SqlitePlace.Of(Configuration, Builder.Environment.ContentRootPath)
            ?? throw new BackupRefusedException("Database:Provider is PostgreSql: back up and restore with its own tools. docs/operations.md says how, and what to run after a restore.");
        return (place.Folder, place.Database);
    }

    /// <exception cref="BackupRefusedException">An option is unknown, or lacks its value.</exception>
    public static CommandLine Read(Command command, IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (command.Argument is { } argument && !values.ContainsKey(argument) && !arguments[i].StartsWith('-'))
            {
                values[argument] = arguments[i];
            }
            else if (command.Switches.Contains(name) && value is null)
            {
                values[name] = "";
            }
            else if (command.Options.Contains(name))
            {
                value ??= ++i < arguments.Count ? arguments[i] : null;
                values[name] = string.IsNullOrWhiteSpace(value) ? throw new BackupRefusedException($"--{name} needs a value. {command.Usage}") : value;
            }
            else if (name.Contains(':', StringComparison.Ordinal) || name is "environment" or "contentRoot")
            {
                rest.Add(arguments[i]);
                if (value is null && i + 1 < arguments.Count)
                {
                    rest.Add(arguments[++i]);
                }
            }
            else
            {
                throw new BackupRefusedException($"\"{arguments[i]}\" is no option of {command.Name}. {command.Usage}");
            }
        }

        var line = new CommandLine([.. rest]);
        foreach (var (name, value) in values)
        {
            line._values[name] = value;
        }

        return line;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument;
        var at = name.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (name, null) : (name[..at], name[(at + 1)..]);
    }

    // A command is called from anywhere; its configuration lies where it is, or where the program is.
    private static string ContentRoot() =>
        File.Exists(Path.Combine(Environment.CurrentDirectory, "appsettings.json")) ? Environment.CurrentDirectory : AppContext.BaseDirectory;
}
