using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Signify.Notifications.Persistence;
using Signify.Notifications.Web.Access;

namespace Signify.Notifications.Web;

/// <summary>What comes between the operator's command and the first request: one clear line when the program cannot start, no stack trace.</summary>
internal static class Start
{
    public static async Task<int> RunAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (StartRefusedException ex)
        {
            return await RefuseAsync(ex.Message);
        }
        catch (OptionsValidationException ex)
        {
            return await RefuseAsync(string.Join(" ", ex.Failures));
        }
        // A configured value of the wrong kind: the message names the key.
        catch (InvalidOperationException ex) when (ex.InnerException is FormatException)
        {
            return await RefuseAsync(ex.Message);
        }
        catch (IOException ex) when (ex.InnerException is AddressInUseException)
        {
            return await RefuseAsync($"{ex.Message.TrimEnd('.')}. Stop the other program, or name another address in --urls.");
        }
    }

    public static async Task PrepareAsync(this WebApplication app)
    {
        // Now rather than in the host, which would log a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await app.Services.PrepareDatabaseAsync(CancellationToken.None);
        await app.PrepareFirstAccessAsync(CancellationToken.None);
    }

    private static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync("Cannot start: " + reason);
        return 1;
    }
}
