using Microsoft.EntityFrameworkCore;
using Signify.Notifications.Audit;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Settings;

[Trait(TestDatabase.Trait, TestDatabase.Both)]
public sealed class SettingsStoreTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private TestLibrary _library = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static NotificationSettings Values => new()
    {
        SignIn = SignIn.Token,
        ServerName = "HR",
        FromEmail = "hr@contoso.com",
        ClientId = "client",
        TenantId = "tenant",
        ClientSecret = new SecretText("secret-one"),
    };

    public async ValueTask InitializeAsync() => _library = await TestLibrary.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _library.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Revisions_are_numbered_from_one_in_each_ruleset()
    {
        var other = await _library.AddRulesetAsync("Other");

        var numbers = new[] { await SaveAsync(Values), await SaveAsync(Values), await SaveAsync(Values, ruleset: other) }.Select(r => r.Number);

        Assert.Equal([1, 2, 1], numbers);
    }

    [Fact]
    public async Task A_draft_takes_the_place_of_the_draft_before_it()
    {
        var first = await SaveAsync(Values);
        var second = await SaveAsync(Values with { Port = 2525 });

        Assert.Equal(RevisionState.Retired, (await FindAsync(first.Number)).State);
        Assert.Equal(second.Number, (await ReadAsync()).Draft!.Number);
    }

    [Fact]
    public async Task Activation_retires_the_revision_that_was_in_charge()
    {
        var first = await SaveAsync(Values);
        await AdoptAsync(first, Route.Smtp);
        var second = await SaveAsync(Values with { Port = 2525 });

        Assert.True(await AdoptAsync(second, Route.Graph));

        var overview = await ReadAsync();
        Assert.Equal((2, (Route?)Route.Graph), (overview.Active!.Number, overview.Active.ActiveRoute));
        Assert.Null(overview.Draft);
        Assert.Equal(RevisionState.Retired, (await FindAsync(1)).State);
    }

    [Fact]
    public async Task A_draft_that_was_replaced_while_it_was_checked_does_not_become_active()
    {
        var checkedDraft = await SaveAsync(Values);
        await SaveAsync(Values with { Port = 2525 });

        Assert.False(await AdoptAsync(checkedDraft, Route.Smtp));
        Assert.Null((await ReadAsync()).Active);
        Assert.Equal(2, (await ReadAsync()).Draft!.Number);
    }

    [Theory]
    [InlineData(RevisionState.Draft)]
    [InlineData(RevisionState.Active)]
    public async Task The_database_itself_allows_one_of_each_state_only(RevisionState state)
    {
        var (first, second) = (await SaveAsync(Values), await SaveAsync(Values));
        await using var db = _library.NewContext();
        var rows = db.Set<SettingsRevision>().Where(r => r.Id == first.Id || r.Id == second.Id);

        await Assert.ThrowsAnyAsync<Exception>(() => rows.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, state), Ct));

        Assert.Equal([RevisionState.Retired, RevisionState.Draft], await rows.OrderBy(r => r.Number).Select(r => r.State).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_save_that_another_overtook_stores_nothing_and_tells_what_the_other_changed()
    {
        await SaveAsync(Values);
        var races = new SaveBeforeTransaction(_library, store => store.SaveDraftAsync(TestLibrary.Ruleset, Values with { Port = 2525 }, 1, "berta", Ct));

        var result = await races.Store.SaveDraftAsync(TestLibrary.Ruleset, Values with { FromName = "Mine" }, basedOn: 1, "anna", Ct);

        var overtaken = Assert.IsType<SaveResult.Overtaken>(result);
        Assert.Equal([new SettingsChange("port", "587", "2525")], overtaken.TheirChanges);
        Assert.Equal((2, "berta", 2525), (overtaken.Newest!.Number, overtaken.Newest.CreatedBy, overtaken.Newest.Port));
        Assert.Equal(2, (await HistoryAsync()).Count);
    }

    [Fact]
    public async Task Two_saves_that_ask_for_no_order_both_get_a_number()
    {
        await SaveAsync(Values);
        var races = new SaveBeforeTransaction(_library, store => store.SaveDraftAsync(TestLibrary.Ruleset, Values with { Port = 2525 }, null, "berta", Ct));

        await races.Store.SaveDraftAsync(TestLibrary.Ruleset, Values with { FromName = "Mine" }, basedOn: null, "anna", Ct);

        Assert.Equal(["anna", "berta", "anna"], (await HistoryAsync()).Select(r => r.CreatedBy));
        Assert.Equal([3, 2, 1], (await HistoryAsync()).Select(r => r.Number));
    }

    [Fact]
    public async Task A_roll_back_makes_a_draft_of_the_earlier_values_secret_included()
    {
        var first = await SaveAsync(Values);
        await SaveAsync(Values with { Port = 2525, ClientSecret = new SecretText("secret-two") });

        var back = Assert.IsType<SaveResult.Saved>(await _library.Store.RollBackAsync(TestLibrary.Ruleset, first.Number, "berta", Ct)).Revision;

        Assert.Equal((3, 1, RevisionState.Draft, "berta"), (back.Number, back.RestoredFrom, back.State, back.CreatedBy));
        Assert.Equal(_library.Store.Open(first), _library.Store.Open(await FindAsync(3)));
    }

    [Fact]
    public async Task A_roll_back_to_a_revision_that_is_not_there_does_nothing()
    {
        await SaveAsync(Values);

        Assert.Null(await _library.Store.RollBackAsync(TestLibrary.Ruleset, 7, "berta", Ct));
        Assert.Null(await _library.Store.RollBackAsync(await _library.AddRulesetAsync("Other"), 1, "berta", Ct));
        Assert.Single(await HistoryAsync());
    }

    [Fact]
    public async Task A_secret_that_did_not_change_keeps_who_set_it_and_its_ciphertext()
    {
        var first = await SaveAsync(Values);
        var same = await SaveAsync(Values with { Port = 2525 }, by: "berta");
        var other = await SaveAsync(Values with { ClientSecret = new SecretText("secret-two") }, by: "berta");

        Assert.Equal(first.ClientSecret, (await FindAsync(same.Number)).ClientSecret);
        Assert.Equal("berta", other.ClientSecret!.SetBy);
        Assert.NotEqual(first.ClientSecret!.Fingerprint, other.ClientSecret.Fingerprint);
    }

    [Fact]
    public async Task Changes_of_secrets_are_told_by_fingerprint()
    {
        var first = await SaveAsync(Values);
        var second = await SaveAsync(Values with { ClientSecret = new SecretText("secret-two"), Route = RouteChoice.Graph });

        Assert.Equal(
            [
                new SettingsChange("clientSecret", $"fingerprint {first.ClientSecret!.Fingerprint}", $"fingerprint {second.ClientSecret!.Fingerprint}"),
                new SettingsChange("route", "Automatic", "Graph"),
            ],
            SettingsChange.Between(first, second));
        Assert.Matches("^[0-9a-f]{6}$", first.ClientSecret.Fingerprint);
    }

    [Fact]
    public async Task Each_save_leaves_an_entry_in_the_audit_log_with_the_save_or_not_at_all()
    {
        await SaveAsync(Values);
        await _library.Store.SaveDraftAsync(TestLibrary.Ruleset, Values, basedOn: 0, "late", Ct);

        var entry = Assert.Single(await _library.Get<AuditLog>().ReadAsync(TestLibrary.Ruleset, null, 10, Ct));
        Assert.Equal(("anna", AuditAction.SettingsSaved, "revision 1"), (entry.By, entry.Action, entry.Target));
        Assert.DoesNotContain("secret-one", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_ruleset_does_not_see_the_settings_of_another()
    {
        await SaveAsync(Values);
        var other = await _library.AddRulesetAsync("Other");

        Assert.Null(await _library.Store.FindAsync(other, 1, Ct));
        Assert.Equal(0, (await _library.Store.ReadAsync(other, Ct)).NewestNumber);
    }

    [Fact]
    public async Task A_proof_for_graph_is_kept_for_the_same_app_and_mailbox_only()
    {
        await _library.Store.SetGraphProvedAsync(await SaveAsync(Values), Ct);

        Assert.NotNull((await SaveAsync(Values with { Port = 2525 })).GraphProvedAt);
        Assert.Null((await SaveAsync(Values with { FromEmail = "other@contoso.com" })).GraphProvedAt);
    }

    private async Task<SettingsRevision> SaveAsync(NotificationSettings settings, string by = "anna", Guid? ruleset = null) =>
        Assert.IsType<SaveResult.Saved>(await _library.Store.SaveDraftAsync(ruleset ?? TestLibrary.Ruleset, settings, null, by, Ct)).Revision;

    private Task<SettingsOverview> ReadAsync() => _library.Store.ReadAsync(TestLibrary.Ruleset, Ct);

    private Task<IReadOnlyList<SettingsRevision>> HistoryAsync() => _library.Store.HistoryAsync(TestLibrary.Ruleset, 50, Ct);

    private async Task<SettingsRevision> FindAsync(int number) =>
        await _library.Store.FindAsync(TestLibrary.Ruleset, number, Ct) ?? throw new InvalidOperationException("No such revision.");

    private async Task<bool> AdoptAsync(SettingsRevision revision, Route route)
    {
        await using var db = _library.NewContext();
        var adopted = await _library.Store.AdoptAsync(db, revision, route, "ada", Ct);
        await db.SaveChangesAsync(Ct);
        return adopted;
    }
}
