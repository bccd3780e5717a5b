using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signify.Notifications.Persistence;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Rulesets;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>The whole program in this process, with a data folder of its own and its log kept.</summary>
public sealed class TestProgram : IAsyncDisposable
{
    public const string AdminEmail = "ada@contoso.example";
    public const string AdminPassword = "three quiet green lamps";
    public const string ApiKey = "test-key-0123456789-abcdefghij";

    public const string ViewerEmail = "vera@contoso.example";
    public const string ViewerPassword = "nine round white stones";

    private static readonly ConcurrentDictionary<string, Lazy<Task<TestDatabase>>> Kept = new();

    private readonly TestProgramOptions _options;
    private readonly Factory _factory;
    private readonly TestDatabase? _database;
    private string? _pooled;

    private TestProgram(TestProgramOptions options, TestDatabase? database)
    {
        (_options, _database) = (options, database);
        DataDirectory = options.DataDirectory ?? Directory.CreateTempSubdirectory("signify-test-").FullName;
        _factory = new Factory(this);
    }

    public string DataDirectory { get; }

    public KeptLog Log { get; } = new();

    /// <summary>Where it listens, with <see cref="TestProgramOptions.OnKestrel"/>.</summary>
    public Uri Address => _factory.ClientOptions.BaseAddress;

    public IServiceProvider Services => _factory.Services;

    public static async Task<TestProgram> StartAsync(TestProgramOptions? options = null)
    {
        options ??= new TestProgramOptions();
        var program = new TestProgram(options, options.Settings.ContainsKey("ConnectionStrings:Notifications") ? null : await DatabaseAsync(options));
        try
        {
            if (options.OnKestrel)
            {
                program._factory.UseKestrel(0);
            }

            program._factory.StartServer();
            await using var db = program.NewContext();
            program._pooled = db.Database.IsSqlite() ? db.Database.GetConnectionString() : null;
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public static Task<TestProgram> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(new TestProgramOptions { Settings = settings.ToDictionary(s => s.Key, s => s.Value) });

    /// <summary>Takes the key ring away from a stopped program.</summary>
    public static async Task LoseKeysAsync(string dataDirectory)
    {
        if (!Kept.TryGetValue(dataDirectory, out var kept) || (await kept.Value).Connection is not { } connection)
        {
            Directory.Delete(Path.Combine(dataDirectory, "keys"), recursive: true);
            return;
        }

        await using var database = Npgsql.NpgsqlDataSource.Create(connection);
        await using var delete = database.CreateCommand("DELETE FROM \"DataProtectionKeys\"");
        await delete.ExecuteNonQueryAsync();
    }

    /// <summary>A browser of its own: no cookies yet, follows redirects.</summary>
    public BrowserClient NewBrowser() => new(_factory.CreateClient(new WebApplicationFactoryClientOptions()));

    /// <summary>A browser with the cookies of another one.</summary>
    public BrowserClient NewBrowser(CookieContainer cookies) => new(_factory.CreateDefaultClient(new RedirectHandler(), new CookieContainerHandler(cookies)));

    /// <summary>A browser that has gone through the sign-in form.</summary>
    public async Task<BrowserClient> SignedInAsync(string email = AdminEmail, string password = AdminPassword)
    {
        var browser = NewBrowser();
        var page = await browser.SignInAsync(email, password);
        Assert.DoesNotContain("/account/signin", page.Address.AbsolutePath, StringComparison.Ordinal);
        return browser;
    }

    /// <summary>A browser of a viewer whom the administrator invited through the pages.</summary>
    public async Task<BrowserClient> SignedInViewerAsync()
    {
        await AddUserAsync(await SignedInAsync(), ViewerEmail, "Viewer");
        return await SignedInAsync(ViewerEmail, ViewerPassword);
    }

    /// <summary>Adds a user by invitation, who sets <see cref="ViewerPassword"/>.</summary>
    public async Task AddUserAsync(BrowserClient administrator, string email, string role)
    {
        var added = await administrator.SubmitAsync(await administrator.GetAsync("/gear/access/users"), "#add-user", ("Email", email), ("Role", role));
        var invited = NewBrowser();
        var invitation = await invited.OpenLinkAsync(added.Find("#link").GetAttribute("value")!);
        var done = await invited.SubmitAsync(invitation, "form", ("Form.Password", ViewerPassword), ("Form.Repeated", ViewerPassword));
        Assert.Contains("Your password is set", done.Text, StringComparison.Ordinal);
    }

    /// <summary>A program that calls the API with this key; null sends none.</summary>
    public HttpClient NewApiClient(string? key = ApiKey)
    {
        var client = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Every byte that is stored and is not the key ring, as Latin-1 text to search for secrets.</summary>
    public string ReadDatabaseFiles()
    {
        if (TestDatabase.OnPostgreSql)
        {
            using var db = NewContext();
            return SecondConnection.AllText(db);
        }

        var text = new System.Text.StringBuilder();
        foreach (var file in Directory.GetFiles(DataDirectory, "notifications.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }

    public NotificationsDbContext NewContext() => Services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await LetGoAsync();
        if (_pooled is not null)
        {
            // The pool's timer would hold the whole program in memory: it remembers in whose name it was started.
            using var connection = new SqliteConnection(_pooled);
            SqliteConnection.ClearPool(connection);
        }

        if (_options.DataDirectory is null)
        {
            await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    // The next program on the same folder finds the same database.
    private static Task<TestDatabase> DatabaseAsync(TestProgramOptions options) => options.DataDirectory is { } kept
        ? Kept.GetOrAdd(kept, _ => new Lazy<Task<TestDatabase>>(TestDatabase.MakeAsync)).Value
        : TestDatabase.MakeAsync();

    // A program told to stop ends on its own thread as well, and the factory does not wait for that one.
    private async Task LetGoAsync()
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(20))
        {
            try
            {
                using var held = new FileStream(Path.Combine(DataDirectory, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException) when (waited < TestTimeouts.Step)
            {
                await Task.Delay(20);
            }
        }
    }

    // Any type of the web project: the sandbox has a Program too.
    private sealed class Factory(TestProgram program) : WebApplicationFactory<CurrentRuleset>
    {
        protected override void ConfigureClient(HttpClient client)
        {
            base.ConfigureClient(client);
            client.Timeout = TestTimeouts.Step;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            var options = program._options;
            builder.UseEnvironment(options.Environment);
            builder.UseSetting("Data:Directory", program.DataDirectory);
            builder.UseSetting("Sandbox:Enabled", "false");
            foreach (var (key, value) in program._database?.Configuration ?? [])
            {
                builder.UseSetting(key, value);
            }

            // Those that send say so.
            builder.UseSetting("Dispatch:Enabled", "false");
            if (options.Bootstrap)
            {
                builder.UseSetting("Bootstrap:AdminEmail", AdminEmail);
                builder.UseSetting("Bootstrap:AdminPassword", AdminPassword);
                builder.UseSetting("Bootstrap:ApiKey", ApiKey);
            }

            foreach (var (key, value) in options.Settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(program.Log));
            builder.ConfigureTestServices(services =>
            {
                if (options.Clock is { } clock)
                {
                    services.AddSingleton(clock);
                }

                if (!options.HashInEarnest)
                {
                    services.PostConfigure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000);
                }

                options.Services?.Invoke(services);
            });
        }
    }
}
