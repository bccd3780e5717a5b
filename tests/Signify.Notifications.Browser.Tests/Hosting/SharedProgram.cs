namespace Signify.Notifications.Browser.Tests.Hosting;

/// <summary>A program with an administrator, and a browser, for all tests of a class.</summary>
public class SharedProgram : IAsyncLifetime
{
    private RunningProgram? _program;

    public Chromium Chromium { get; } = new();

    public RunningProgram Program => _program ?? throw new InvalidOperationException("Not started.");

    /// <summary>Configuration besides that of the administrator.</summary>
    protected virtual IReadOnlyList<(string Key, string Value)> Settings => [];

    public async ValueTask InitializeAsync() => await Cleanup.OnFailureAsync(this, StartAsync);

    protected virtual async Task StartAsync()
    {
        await Chromium.InitializeAsync();
        _program = await RunningProgram.StartAsync(
            [("Bootstrap__AdminEmail", Accounts.AdminEmail), ("Bootstrap__AdminPassword", Accounts.AdminPassword), ("Bootstrap__ApiKey", Accounts.ApiKey), .. Settings]);
    }

    public async Task<Person> SignedInAsync(PersonOptions? options = null)
    {
        var person = await Person.WithAsync(Chromium, Program, options);
        await person.SignInAsync();
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
