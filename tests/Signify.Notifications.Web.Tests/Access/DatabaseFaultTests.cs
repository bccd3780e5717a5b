using System.Data.Common;
using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Persistence.Sqlite;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Access;

/// <summary>A database that takes nothing is a 503 that names the cause, on every API call and page.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class DatabaseFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(13, "disk-full")]
    [InlineData(8, "read-only")]
    [InlineData(10, "io-error")]
    [InlineData(5, "locked")]
    public async Task A_write_that_fails_is_503_with_its_cause_for_programs_and_users(int sqliteCode, string cause)
    {
        var fault = new FailingWrites();
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Services = services => services.ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(fault)),
        });
        using var api = program.NewApiClient();
        var ada = await program.SignedInAsync();
        var form = await ada.GetAsync("/gear/ruleset/retention");
        fault.Code = sqliteCode;

        using var hold = await api.PostAsync(new Uri("/api/v1/hold", UriKind.Relative), null, Ct);
        var page = await ada.SubmitAsync(form, "#Days", ("Days", "45"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, hold.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), hold.Headers.RetryAfter?.Delta);
        Assert.Contains($"\"cause\":\"{cause}\"", await hold.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains(cause, page.Find(".muted").TextContent, StringComparison.Ordinal);
        Assert.Contains("reload it", page.Find("#main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_its_file_replaced_the_program_accepts_nothing_and_says_why()
    {
        await using var program = await TestProgram.StartAsync();
        var file = Path.Combine(program.DataDirectory, "notifications.db");
        File.Move(file, file + ".away");
        await File.WriteAllBytesAsync(file, [], Ct);

        var refused = await program.PostAsync("/api/v1/notifications", new { to = "anna@contoso.com", subject = "Hello", text = "x" });
        var ready = await program.GetAsync("/health/ready", key: null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("deleted, replaced or overwritten", ready.Text, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(file).Length);
    }

    /// <summary>What was committed last is in it alone, until it is copied into the database file.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_its_log_deleted_or_replaced_the_program_accepts_nothing_and_says_why(bool replaced)
    {
        await using var program = await TestProgram.StartAsync();
        var file = Path.Combine(program.DataDirectory, "notifications.db-wal");
        File.Delete(file);
        if (replaced)
        {
            await File.WriteAllBytesAsync(file, [], Ct);
        }

        var refused = await program.PostAsync("/api/v1/notifications", new { to = "anna@contoso.com", subject = "Hello", text = "x" });
        var ready = await program.GetAsync("/health/ready", key: null);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (refused.Status, ready.Status));
        Assert.Contains("file-replaced", refused.Text, StringComparison.Ordinal);
    }

    /// <summary>A secret that is stored now could not be decrypted after the next start.</summary>
    [Fact]
    public async Task With_its_keys_deleted_the_program_is_not_ready_and_stores_no_secret()
    {
        await using var program = await TestProgram.StartAsync();
        await program.SignedInAsync();
        var ready = await program.GetAsync("/health/ready", key: null);
        Assert.Equal(HttpStatusCode.OK, ready.Status);
        var keys = Path.Combine(program.DataDirectory, "keys");
        Directory.Move(keys, keys + ".away");

        for (var tries = 0; tries < 600 && ready.Status == HttpStatusCode.OK; tries++)
        {
            await Task.Delay(100, Ct);
            ready = await program.GetAsync("/health/ready", key: null);
        }

        var refused = await program.SaveAsync(new
        {
            tokenBasedAuthentication = false,
            credentialsRequired = true,
            serverName = "relay.contoso.com",
            port = 587,
            fromEmail = "hr@contoso.com",
            userName = "hr",
            password = "a-password-nobody-uses",
        });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (ready.Status, refused.Status));
        Assert.Contains("keys-lost", refused.Text, StringComparison.Ordinal);

    }

    /// <summary>Nothing is wrong with the settings, and the report that is stored is not of this check.</summary>
    [Fact]
    public async Task A_check_that_cannot_be_stored_is_a_503_and_no_failed_check()
    {
        var fault = new FailingWrites();
        await using var program = await TestProgram.StartAsync(new TestProgramOptions
        {
            Services = services => services.ConfigureDbContext<SqliteNotificationsDbContext>(options => options.AddInterceptors(fault)),
        });
        await program.AddActiveSettingsAsync();
        var ada = await program.SignedInAsync();
        fault.Code = 13;

        var refused = await program.PostAsync("/api/v1/settings/check", new { });
        var page = await ada.GetAsync("/gear/ruleset/notifications");
        fault.Code = 0;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("\"cause\":\"disk-full\"", refused.Text, StringComparison.Ordinal);
        Assert.Equal("interrupted", page.Find("#check").GetAttribute("data-state"));
    }

    [Fact]
    public async Task With_its_file_overwritten_in_place_the_program_becomes_not_ready_and_says_why()
    {
        await using var program = await TestProgram.StartAsync();
        var file = Path.Combine(program.DataDirectory, "notifications.db");
        // In another process: a file that this one closes would release SQLite's locks.
        using var shell = Process.Start("/bin/sh", ["-c", ": > \"$0\"", file]);
        await shell.WaitForExitAsync(Ct);

        var ready = await program.GetAsync("/health/ready", key: null);
        for (var tries = 0; tries < 600 && ready.Status == HttpStatusCode.OK; tries++)
        {
            await Task.Delay(100, Ct);
            ready = await program.GetAsync("/health/ready", key: null);
        }

        var refused = await program.PostAsync("/api/v1/notifications", new { to = "anna@contoso.com", subject = "Hello", text = "x" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("deleted, replaced or overwritten", ready.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Contains("file-replaced", refused.Text, StringComparison.Ordinal);
    }

    private sealed class FailingWrites : DbTransactionInterceptor
    {
        public int Code { get; set; }

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default) =>
            Code == 0 ? ValueTask.FromResult(result) : throw new SqliteException("The write failed.", Code);
    }
}
