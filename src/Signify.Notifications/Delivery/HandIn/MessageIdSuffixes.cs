using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Signify.Notifications.Persistence;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Makes the Message-ID's fixed part: a notification's is its number, then this.</summary>
internal sealed class MessageIdSuffixes(IOptions<SharedRelayOptions> relay)
{
    private const string NobodyYet = "signify.invalid";
    private const int RandomCharacters = 20;

    /// <summary>The domain of the address that the ruleset sends from at present.</summary>
    public async Task<string> DomainAsync(NotificationsDbContext db, int mailboxId, CancellationToken ct)
    {
        var own = await db.Set<Mailbox>().Where(m => m.Id == mailboxId)
            .Join(db.Set<SettingsRevision>(), m => m.RulesetId, r => r.RulesetId, (_, r) => r)
            .Where(r => r.State == RevisionState.Active && r.SignIn != SignIn.SharedRelay)
            .Select(r => r.FromEmail).SingleOrDefaultAsync(ct);
        var from = string.IsNullOrEmpty(own) ? relay.Value.From : own;
        return DomainName.ToAscii(from?[(from.LastIndexOf('@') + 1)..] ?? "") ?? NobodyYet;
    }

    /// <summary>Random, so that a Message-ID tells nobody how many there are, and two installations never make the same.</summary>
    public static string New(string domain) => $".{RandomNumberGenerator.GetHexString(RandomCharacters, lowercase: true)}@{domain}";
}
