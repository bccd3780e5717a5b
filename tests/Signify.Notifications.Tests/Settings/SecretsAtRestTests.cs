using System.Text;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;

namespace Signify.Notifications.Tests.Settings;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SecretsAtRestTests : IDisposable
{
    private const string Plain = "the-plain-value-of-the-secret";

    private readonly TestFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static NotificationSettings Values => new()
    {
        SignIn = SignIn.Token,
        ServerName = "HR",
        FromEmail = "hr@contoso.com",
        ClientId = "3f0e0d0c-0b0a-4908-8706-050403020100",
        TenantId = "contoso.com",
        ClientSecret = new SecretText(Plain),
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task No_file_of_the_data_folder_holds_the_secret()
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        await SaveAsync(library);

        var bytes = _folder.AllBytes();

        // The sweep reads what is stored, the write-ahead log included.
        Assert.Contains("hr@contoso.com", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Plain, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Plain)), bytes, StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task The_keys_are_kept_apart_from_what_they_open()
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        var saved = await SaveAsync(library);

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder.Data, "keys"), "*.xml"));
        Assert.DoesNotContain("masterKey", _folder.AllBytes("notifications.db*"), StringComparison.Ordinal);
        Assert.Contains(saved.ClientSecret!.Ciphertext, _folder.AllBytes("notifications.db*"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ciphertext_opens_in_its_own_ruleset_and_field_only()
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        var protector = library.Get<SecretProtector>();
        var stored = protector.Close(new SecretText(Plain), TestLibrary.Ruleset, "clientSecret", "anna");

        Assert.Equal(Plain, protector.TryOpen(stored, TestLibrary.Ruleset, "clientSecret")!.Reveal());
        Assert.Null(protector.TryOpen(stored, Guid.NewGuid(), "clientSecret"));
        Assert.Null(protector.TryOpen(stored, TestLibrary.Ruleset, "password"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a ciphertext")]
    [InlineData("CfDJ8AAAA")]
    public async Task A_damaged_ciphertext_is_unreadable_and_nothing_worse(string damaged)
    {
        await using var library = await TestLibrary.StartAsync(_folder);
        var stored = new StoredSecret { Ciphertext = damaged, Fingerprint = "000000", SetAt = DateTimeOffset.UnixEpoch, SetBy = "anna" };

        Assert.Null(library.Get<SecretProtector>().TryOpen(stored, TestLibrary.Ruleset, "clientSecret"));
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task With_another_key_ring_the_secret_is_named_and_all_else_is_as_it_was()
    {
        await using (var before = await TestLibrary.StartAsync(_folder))
        {
            await SaveAsync(before);
        }

        Directory.Delete(Path.Combine(_folder.Data, "keys"), recursive: true);
        await using var library = await TestLibrary.StartAsync(_folder);
        var revision = (await library.Store.ReadAsync(TestLibrary.Ruleset, Ct)).Draft!;

        Assert.Equal(["clientSecret"], library.Store.UnreadableSecrets(revision));
        Assert.Equal(["key-ring-lost/clientSecret"], library.Rules.Judge(revision).Marks());
        Assert.Equal(Values with { RulesetId = TestLibrary.Ruleset, ClientSecret = null }, library.Store.Open(revision));
        Assert.Single(await library.Store.HistoryAsync(TestLibrary.Ruleset, 10, Ct));
    }

    [Fact]
    [Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
    public async Task With_another_key_ring_an_empty_field_asks_for_the_secret_and_a_new_one_is_taken()
    {
        await using (var before = await TestLibrary.StartAsync(_folder))
        {
            await SaveAsync(before);
        }

        Directory.Delete(Path.Combine(_folder.Data, "keys"), recursive: true);
        await using var library = await TestLibrary.StartAsync(_folder);
        var kept = (await library.Store.ReadAsync(TestLibrary.Ruleset, Ct)).Draft!;
        var form = Signify.Notifications.Checks.InputCleaning.FromRevision(kept);

        Assert.Equal(["key-ring-lost/clientSecret"], library.Rules.Judge(form, kept).Findings.Marks());
        var again = library.Rules.Judge(form with { ClientSecret = "another-secret" }, kept).Settings!;
        var saved = Assert.IsType<SaveResult.Saved>(await library.Store.SaveDraftAsync(TestLibrary.Ruleset, again, 1, "berta", Ct)).Revision;
        Assert.Empty(library.Store.UnreadableSecrets(saved));
    }

    [Fact]
    public void A_secret_in_memory_prints_as_a_mask()
    {
        var printed = $"{new SecretText(Plain)} {Values}";

        Assert.DoesNotContain(Plain, printed, StringComparison.Ordinal);
        Assert.StartsWith("***", printed, StringComparison.Ordinal);
    }

    private static async Task<SettingsRevision> SaveAsync(TestLibrary library) =>
        Assert.IsType<SaveResult.Saved>(await library.Store.SaveDraftAsync(TestLibrary.Ruleset, Values, null, "anna", Ct)).Revision;
}
