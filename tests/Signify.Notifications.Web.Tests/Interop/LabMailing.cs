using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>A mailing to person1@…, person2@… and so on, handed in as a stream of lines.</summary>
public static partial class LabMailing
{
    /// <returns>Its number.</returns>
    public static async Task<string> HandInAsync(LabProgram program, int recipients)
    {
        using var content = Lines(recipients);
        var answer = await program.PostAsync("/api/v1/mailings", content);
        Assert.Equal(recipients, answer.GetProperty("accepted").GetInt32());
        return answer.GetProperty("mailingId").GetString()!;
    }

    public static StringContent Lines(int recipients)
    {
        var lines = new StringBuilder("""{"name":"Payslips","subject":"Your payslip","text":"Dear {{name}}, it is ready."}""").Append('\n');
        for (var i = 1; i <= recipients; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $$"""{ "to": "person{{i}}@fabrikam.example", "fields": { "name": "Person {{i}}" } }""").Append('\n');
        }

        return new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
    }

    /// <summary>Until nothing of it waits.</summary>
    /// <returns>Its counts.</returns>
    public static async Task<JsonElement> EndsAsync(LabProgram program, string mailing, CancellationToken ct)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var counts = (await program.GetAsync($"/api/v1/mailings/{mailing}")).GetProperty("counts");
            if (counts.GetProperty("waiting").GetInt32() == 0)
            {
                return counts;
            }

            await again.WaitForNextTickAsync(ct);
        }
    }

    /// <summary>Fails unless everyone was sent one message, and each a message of its own.</summary>
    /// <param name="messages">As they arrived, headers first.</param>
    public static void AssertOnceEach(int recipients, IReadOnlyCollection<string> messages)
    {
        Assert.Equal(recipients, messages.Count);
        Assert.Equal(recipients, messages.Select(m => MessageId().Match(m).Groups[1].Value).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(1, recipients).Select(i => $"person{i}@fabrikam.example").Order(StringComparer.Ordinal),
            messages.Select(m => To().Match(m).Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^Message-ID: <(.+)>\r?$", RegexOptions.Multiline)]
    private static partial Regex MessageId();

    [GeneratedRegex("^To: <?([^<>\r\n]+)>?\r?$", RegexOptions.Multiline)]
    private static partial Regex To();
}
