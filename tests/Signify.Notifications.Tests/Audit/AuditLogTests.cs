using Microsoft.Extensions.Time.Testing;
using Signify.Notifications.Audit;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Audit;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private TestLibrary _library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AuditLog Log => _library.Get<AuditLog>();

    public async ValueTask InitializeAsync() => _library = await TestLibrary.StartAsync(_folder, time: _time);

    public async ValueTask DisposeAsync()
    {
        await _library.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Entries_come_newest_first_page_by_page_and_each_once()
    {
        for (var i = 1; i <= 5; i++)
        {
            await Log.WriteAsync(TestLibrary.Ruleset, "anna", AuditAction.SignedIn, $"entry {i}", null, Ct);
            // Two of them in the same instant.
            _time.Advance(TimeSpan.FromSeconds(i == 2 ? 0 : 1));
        }

        var first = await Log.ReadAsync(TestLibrary.Ruleset, null, 2, Ct);
        var second = await Log.ReadAsync(TestLibrary.Ruleset, first[^1].Id, 2, Ct);
        var third = await Log.ReadAsync(TestLibrary.Ruleset, second[^1].Id, 2, Ct);

        Assert.Equal(["entry 5", "entry 4"], first.Select(e => e.Target));
        Assert.Equal(5, first.Concat(second).Concat(third).Select(e => e.Target).Distinct().Count());
        Assert.Equal("entry 1", third[^1].Target);
    }

    [Fact]
    public async Task One_ruleset_does_not_read_the_log_of_another()
    {
        var other = await _library.AddRulesetAsync("Other");
        await Log.WriteAsync(other, "berta", AuditAction.SignedIn, "theirs", null, Ct);

        Assert.Empty(await Log.ReadAsync(TestLibrary.Ruleset, null, 10, Ct));
    }

    [Fact]
    public async Task Long_details_are_cut_and_kept()
    {
        await Log.WriteAsync(TestLibrary.Ruleset, "anna", AuditAction.SettingsSaved, "revision 1", new string('x', 9000), Ct);

        Assert.Equal(4000, (await Log.ReadAsync(TestLibrary.Ruleset, null, 1, Ct))[0].Details!.Length);
    }
}
