using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Checks.Ranking;

/// <summary>All that a check knows when one of its steps has failed: what tells apart the causes that look the same.</summary>
internal sealed record Evidence
{
    private const string ExchangesOnlyAnswer = "5.7.3";

    public required NotificationSettings Settings { get; init; }

    public required Cloud Cloud { get; init; }

    /// <summary>What both tokens say of the app's permissions.</summary>
    public required PermissionReading Read { get; init; }

    /// <summary>The answer to the sign-in; its code is 0 where there was none.</summary>
    public SmtpReply Reply { get; init; } = SmtpReply.Read("");

    /// <summary>The first line of what answered as the mail server; "" where nothing did.</summary>
    public string Banner { get; init; } = "";

    public CertificateVerdict? Certificate { get; init; }

    /// <summary>What the token service said of Tenant ID, without credentials.</summary>
    public TenantAnswer? Tenant { get; init; }

    /// <summary>The same of the domain of From Email. That a domain leads to its tenant is Microsoft's practice and no promise of theirs: a hint, no proof.</summary>
    public TenantAnswer? FromDomain { get; init; }

    /// <summary>The client ID is the ID of a tenant.</summary>
    public bool ClientIsTenant { get; init; }

    /// <summary>The token service itself answered, so that HTTPS to Microsoft works.</summary>
    public bool HttpsWorks { get; init; }

    /// <summary>The last check of the ruleset that failed.</summary>
    public EarlierFailure? Earlier { get; init; }

    public TokenClaims? Token => Read.Exchange;

    /// <summary>Exchange gives one answer to almost every refusal; another server's refusal means what it says.</summary>
    public bool OfExchange => Cloud.BuiltIn || Reply.Enhanced == ExchangesOnlyAnswer;

    public string Domain => Settings.FromEmail[(Settings.FromEmail.LastIndexOf('@') + 1)..];

    /// <summary>The tenant of the From domain where it is known and another than the app's; null otherwise.</summary>
    public string? OtherTenantOfDomain =>
        FromDomain is { Knowledge: TenantKnowledge.Known, TenantId: { } found } && (Token?.TenantId ?? Tenant?.TenantId) is { } own
        && !found.Equals(own, StringComparison.OrdinalIgnoreCase)
            ? found
            : null;

    /// <summary>What greets in Exchange's place does not greet as it does. Said of Microsoft's own clouds only: nobody knows how others greet.</summary>
    public bool BannerForeign => Cloud.BuiltIn && Banner.Length > 0
        && !Banner.Contains("outlook", StringComparison.OrdinalIgnoreCase)
        && !Banner.Contains("office365", StringComparison.OrdinalIgnoreCase)
        && !Banner.Contains("Microsoft ESMTP", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the words of a cause may want to name.</summary>
    public (string Name, string Value)[] Values(SmtpEndpoint server) =>
    [
        .. SmtpFindings.Values(server),
        ("mailbox", Settings.FromEmail),
        ("domain", Domain),
        ("found", FromDomain?.TenantId ?? ""),
        ("client", Settings.ClientId ?? ""),
        ("object", Token?.ObjectId ?? "the Object ID of the enterprise application"),
        ("audience", Token?.Audience ?? ""),
        ("cloud", Cloud.Label),
        ("banner", Banner),
        ("certificate", Certificate?.Description ?? ""),
    ];
}

/// <param name="Ago">How long ago it began.</param>
internal sealed record EarlierFailure(TimeSpan Ago, IReadOnlySet<FindingCode> Codes);
