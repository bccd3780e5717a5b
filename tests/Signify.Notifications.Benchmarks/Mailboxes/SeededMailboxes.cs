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
        await using var db = lab.NewContext();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var now = TimeProvider.System.GetUtcNow();
        var rulesets = Enumerable.Range(1, mailboxes).Select(_ => Guid.CreateVersion7()).ToList();
        for (var i = 0; i < mailboxes; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            db.Add(new Ruleset { Id = rulesets[i], Name = $"Organization {number}", CreatedAt = now });
            db.Add(lab.NewRevision(rulesets[i], $"hr{number}@contoso.com"));
        }

        await db.SaveChangesAsync();
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
