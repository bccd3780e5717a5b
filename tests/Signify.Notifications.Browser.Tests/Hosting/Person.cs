using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;

namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>Somebody with a browser: one context of their own, and what they received kept for the sweep.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _received = new();
    private readonly ConcurrentQueue<string> _complaints = new();

    private readonly bool _javaScript;

    private Person(IBrowserContext context, IPage page, bool javaScript) => (_context, Page, _javaScript) = (context, page, javaScript);

    public IPage Page { get; }

    /// <summary>Every document, script answer and redirect address that reached the browser.</summary>
    public string Received => string.Join('\n', _received);

    /// <summary>What the browser complained about: script errors, refused styles, failed requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Person> WithAsync(Chromium chromium, RunningProgram program, PersonOptions? options = null)
    {
        options ??= new PersonOptions();
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = program.Address.AbsoluteUri,
            JavaScriptEnabled = options.JavaScript,
            ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(TestTimeouts.BrowserMilliseconds);
        var person = new Person(context, await context.NewPageAsync(), options.JavaScript);
        person.Listen();
        return person;
    }

    public async Task SetUpAsync(RunningProgram program)
    {
        var link = (await program.SetUpLinkAsync()).AbsoluteUri;
        await Page.GotoAsync(link);
        if (!_javaScript)
        {
            // A browser does not send what stands after #: the page asks for it.
            await Page.GetByLabel("Link or code").FillAsync(link);
            await Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        }

        await Page.GetByLabel("E-mail address").FillAsync(Accounts.AdminEmail);
        foreach (var field in await Page.Locator("input[type=password]").AllAsync())
        {
            await field.FillAsync(Accounts.AdminPassword);
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Create the administrator" }).ClickAsync();
        await Page.LeavesAsync("/setup");
    }

    public async Task SignInAsync()
    {
        await Page.GotoAsync("/account/signin");
        await Page.GetByLabel("E-mail address").FillAsync(Accounts.AdminEmail);
        await Page.GetByLabel("Password").FillAsync(Accounts.AdminPassword);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Page.LeavesAsync("/account/signin");
    }

    /// <summary>Takes a ready-made state of the sandbox into the form and saves it.</summary>
    public async Task SaveStateAsync(string scenario)
    {
        await Page.GotoAsync($"/gear/ruleset/notifications?use={scenario}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        // The answer has come; its check may still run.
        await Page.LeavesAsync("use=");
        await Page.Locator("#check[data-state]:not([data-state=running])").WaitForAsync();
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Listen()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{Page.Url}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => _complaints.Enqueue($"{Page.Url}: {error}");
        Page.Response += async (_, response) => await KeepAsync(response);
    }

    private async Task KeepAsync(IResponse response)
    {
        _received.Enqueue(response.Url);
        foreach (var (name, value) in response.Headers)
        {
            _received.Enqueue($"{name}: {value}");
        }

        try
        {
            _received.Enqueue(Encoding.UTF8.GetString(await response.BodyAsync()));
        }
        catch (PlaywrightException)
        {
            // A redirect, a stream or a page left in between has no body to keep.
        }
    }
}
