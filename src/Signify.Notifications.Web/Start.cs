using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.Control;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Persistence;
using Signify.Notifications.Persistence.Backups;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web;

/// <summary>What comes between the operator's command and the first request: one clear line when the program cannot start, no stack trace.</summary>
internal static partial class Start
{
    /// <param name="fails">How a refusal begins.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Task> program, string fails = "Cannot start")
    {
        try
        {
            await program();
            return 0;
        }
        catch (StartRefusedException ex)
        {
            return await RefuseAsync(fails, ex.Message);
        }
        catch (BackupRefusedException ex)
        {
            return await RefuseAsync(fails, ex.Message);
        }
        catch (OptionsValidationException ex)
        {
            return await RefuseAsync(fails, string.Join(" ", ex.Failures));
        }
        catch (InvalidOperationException ex) when (ex.Source == typeof(ConfigurationBinder).Assembly.GetName().Name)
        {
            // A word where a number, a switch or one of a few names belongs: its message names the key.
            return await RefuseAsync(fails, ex.Message);
        }
        catch (IOException ex) when (ex.InnerException is AddressInUseException)
        {
            return await RefuseAsync(fails, $"{ex.Message.TrimEnd('.')}. Stop the other program, or name another address in --urls.");
        }
    }

    public static async Task PrepareAsync(this WebApplication app)
    {
        // Now rather than in the host, which would log a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        _ = app.Services.GetRequiredService<WorkloadIdentity>();
        await app.Services.PrepareDatabaseAsync(CancellationToken.None);
        if (await app.Services.GetRequiredService<RestoredHold>().HoldCopyAsync(CancellationToken.None) is { } copy)
        {
            LogCopy(app.Logger, copy.TakenAt, copy.Held);
        }

        await app.PrepareFirstAccessAsync(CancellationToken.None);
    }

    private static async Task<int> RefuseAsync(string fails, string reason)
    {
        await Console.Error.WriteLineAsync($"{fails}: {reason}");
        return 1;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is a copy of {TakenAt:u} from a backup. Sending is held for {Held} rulesets until somebody has compared and resumes.")]
    private static partial void LogCopy(ILogger logger, DateTimeOffset takenAt, int held);
}
