using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Rulesets;

/// <summary>A ruleset in which every text that anyone wrote holds <see cref="Mark"/>, and the numbers that lead to its rows.</summary>
public sealed record MarkedRuleset(Guid Id, string Mark)
{
    public string Name => $"Organisation {Mark}";

    public string Email => $"admin.{Mark}@contoso.example";

    public string Key => $"key-{Mark}-0123456789-abcdefghij";

    public required Guid UserId { get; init; }

    public required Guid KeyId { get; init; }

    public required Guid AuditId { get; init; }

    public required Guid Draft { get; init; }

    public required long Mailing { get; init; }

    public required long Notification { get; init; }

    /// <summary>The beginning of the mark: a page says back what is searched for, and the rest only if it was found.</summary>
    public string Beginning => Mark[..5];

    /// <summary>What stands for the parameters of an address, so that it leads to a row of this ruleset.</summary>
    public Func<RoutePatternParameterPart, string> Fill(RouteEndpoint endpoint) => parameter => (parameter.Name, parameter.Kind()) switch
    {
        ("draft", _) => $"{Draft}",
        (_, "guid") => $"{UserId}",
        ("id", _) when endpoint.Pattern().Contains("/mailings", StringComparison.Ordinal) => $"{Mailing}",
        ("id", _) => $"{Notification}",
        ("documentName", _) => "v1",
        ("path", "file") => "no-such-file.txt",
        ("status", _) => "404",
        var (name, kind) => throw new InvalidOperationException($"{endpoint.Pattern()} has a parameter {name}:{kind} that leads nowhere yet. Say here which row of a ruleset it names."),
    };
}
