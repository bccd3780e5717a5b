using System.Reflection;
using System.Text;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>The program's entry point, called in this process: a refused start costs a tenth of what a process costs.</summary>
internal static class InProcessStart
{
    private static readonly AsyncLocal<StringWriter?> Written = new();
    private static readonly Lazy<bool> Routed = new(() =>
    {
        Console.SetError(TextWriter.Synchronized(new PerTestWriter(Console.Error)));
        Console.SetOut(TextWriter.Synchronized(new PerTestWriter(Console.Out)));
        return true;
    });

    /// <returns>The exit code, and what the program wrote to both outputs, its log included.</returns>
    /// <exception cref="TimeoutException">The start was not refused: the program runs.</exception>
    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        Assert.True(Routed.Value);
        var entry = typeof(CurrentRuleset).Assembly.EntryPoint!.DeclaringType!.GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic)!;
        arguments = [$"--applicationName={entry.Module.Assembly.GetName().Name}", .. arguments];
        var written = Written.Value = new StringWriter();
        var code = await Task.Run(() => (Task<int>)entry.Invoke(null, [arguments])!).WaitAsync(TestTimeouts.Step);
        lock (written)
        {
            return (code, written.ToString());
        }
    }

    // Tests run concurrently and the process has one console: each run of the program writes to its own.
    private sealed class PerTestWriter(TextWriter elsewhere) : TextWriter
    {
        public override Encoding Encoding => elsewhere.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            var writer = Written.Value ?? elsewhere;
            lock (writer)
            {
                writer.Write(value);
            }
        }
    }
}
