using System.Globalization;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Benchmarks;

/// <summary>Rulesets with active settings, a From address of their own each, and submitted notifications.</summary>
internal static class SeededMailboxes
{
    /// <returns>The rulesets.</returns>
    public static async Task<IReadOnlyList<Guid>> AddAsync(DeliveryLab lab, int mailboxes)
    {
        var now = TimeProvider.System.GetUtcNow();
        var rulesets = Enumerable.Range(1, mailboxes).Select(_ => Guid.CreateVersion7()).ToList();
        // In short transactions: PostgreSQL ends a session that pauses within one, as a busy machine lets it.
        foreach (var chunk in rulesets.Index().Chunk(100))
        {
            await using var db = lab.NewContext();
            foreach (var (i, ruleset) in chunk)
            {
                var number = (i + 1).ToString(CultureInfo.InvariantCulture);
                db.Add(new Ruleset { Id = ruleset, Name = $"Organization {number}", CreatedAt = now });
                db.Add(lab.NewRevision(ruleset, $"hr{number}@contoso.com"));
            }

            await db.SaveChangesAsync();
        }

        return rulesets;
    }

    /// <summary>Submits a mailing for each, as a program does.</summary>
    /// <returns>Their mailboxes, in the same order.</returns>
    public static async Task<IReadOnlyList<int>> SubmitAsync(DeliveryLab lab, IReadOnlyList<Guid> rulesets, int messages, int bodyLength)
    {
        var mailboxes = new List<int>(rulesets.Count);
        foreach (var ruleset in rulesets)
        {
            await lab.HandInAsync(messages, bodyLength, ruleset);
            mailboxes.Add(await lab.Get<MailboxIds>().OfAsync(ruleset, CancellationToken.None));
        }

        return mailboxes;
    }
}
