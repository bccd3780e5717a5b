using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Interop;

namespace Signify.Notifications.Web.Tests.Operations;

/// <summary>The real program, backed up while programs hand in and it sends; then the backup, started in another folder.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class BackupUnderLoadTests
{
    private const int Recipients = 5_000;
    private const int Callers = 4;

    // The first works at a pace that leaves much of the mailing waiting, whatever the machine; the second as fast as it can.
    private static readonly (string, string)[] Slowly = [("Pace__ExchangeOnline__MessagesPerMinute", "1200"), ("Pace__ExchangeOnline__RecipientsPerDay", "0")];
    private static readonly (string, string)[] AtOnce = [("Pace__ExchangeOnline__MessagesPerMinute", "0"), ("Pace__ExchangeOnline__RecipientsPerDay", "0")];

    [Fact(Timeout = TestTimeouts.TestMilliseconds)]
    public async Task A_backup_taken_under_load_has_all_that_was_acknowledged_and_sends_nothing_until_a_person_resumes()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var lab = await SandboxLab.StartAsync(limits: false, Slowly);
        await lab.SaveAsync("all-granted", "smtp");
        var (copy, other) = (Path.Combine(lab.Folder, "copy"), Path.Combine(lab.Folder, "other"));
        await LabMailing.HandInAsync(lab.Program, Recipients);
        var acknowledged = new ConcurrentDictionary<string, string>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var callers = Enumerable.Range(0, Callers).Select(caller => HandInAsync(lab.Program, caller, acknowledged, over.Token)).ToList();
        await ReachAsync(() => lab.Sandbox.Mail.Total >= 50 && acknowledged.Count >= 50);

        var before = acknowledged.ToArray();
        Assert.Contains("is whole", await ProgramCommand.SucceedsAsync("backup", "--to", copy, $"--Data:Directory={lab.Data}"), StringComparison.Ordinal);
        await ReachAsync(() => acknowledged.Count > before.Length);
        await over.CancelAsync();
        await Task.WhenAll(callers);
        await lab.Program.KillAsync();
        Assert.InRange(lab.Sandbox.Mail.Total, 50, Recipients - 1);

        await ProgramCommand.SucceedsAsync("restore", "--from", copy, $"--Data:Directory={other}");
        Assert.Equal("ok", Ask(other, "PRAGMA integrity_check"));
        var gone = MessageIds(lab);
        await using var restored = await lab.StartProgramAsync(other, AtOnce);

        var hold = await restored.GetAsync("/api/v1/hold");
        Assert.Equal((true, "restored"), (hold.GetProperty("held").GetBoolean(), hold.GetProperty("reason").GetString()));
        Assert.StartsWith("Restored from a copy of ", hold.GetProperty("words").GetString(), StringComparison.Ordinal);
        foreach (var (id, to) in before)
        {
            Assert.Equal(to, (await restored.GetAsync($"/api/v1/notifications/{id}")).GetProperty("to").GetString());
        }

        Assert.Equal(gone.Count, lab.Arrivals().Count);
        using (var nothing = JsonContent.Create(new { }))
        {
            await restored.PostAsync("/api/v1/resume", nothing);
        }

        await ReachAsync(() => Ask(other, """SELECT COUNT(*) FROM "Notifications" WHERE "State" <> 5""") == "0");
        // All of it arrived, its words with it: so the secret of the settings opens, too. Twice went only what had gone when the first one ended.
        var texts = lab.Arrivals().Select(m => Encoding.UTF8.GetString(m.Source.Span)).ToList();
        Assert.All(before, b => Assert.Contains(texts, t => t.Contains($"Only for {b.Value}.", StringComparison.Ordinal)));
        var twice = MessageIds(lab).GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        Assert.Subset(gone.ToHashSet(), twice.ToHashSet());
        Assert.Equal(Recipients, lab.Arrivals().SelectMany(m => m.To).Where(to => to.StartsWith("person", StringComparison.Ordinal)).Distinct().Count());
    }

    /// <summary>One notification after the other, each remembered when it was acknowledged.</summary>
    private static async Task HandInAsync(LabProgram program, int caller, ConcurrentDictionary<string, string> acknowledged, CancellationToken ct)
    {
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            var to = string.Create(CultureInfo.InvariantCulture, $"single-{caller}-{i}@fabrikam.example");
            using var content = JsonContent.Create(new { to, subject = "One", text = $"Only for {to}.", priority = "low" });
            using var answer = await program.TryPostAsync("/api/v1/notifications", content);
            if (answer.IsSuccessStatusCode)
            {
                var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
                acknowledged[body.GetProperty("id").GetString()!] = to;
            }
        }
    }

    private static async Task ReachAsync(Func<bool> reached)
    {
        // Another process does it, and tells nobody.
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!reached())
        {
            await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static List<string> MessageIds(SandboxLab lab) => [.. lab.Arrivals().Select(m => m.MessageId)];

    private static string? Ask(string data, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "notifications.db")};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
