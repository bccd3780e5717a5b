using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

public enum FieldMessageKind
{
    Error,
    Warning,
    Note,
}

/// <summary>A short sentence under a field. The whole remedy of what a check found stands in the check.</summary>
public sealed record FieldMessage(string Field, FieldMessageKind Kind, string Text)
{
    public string Label => SettingsField.Label(Field);

    /// <summary>What is wrong without what to do, for the list at the top of the page.</summary>
    public string Brief { get; init; } = Text;

    /// <summary>The place in the check that says more; null when all is said here.</summary>
    public string? More { get; init; }

    /// <summary>What the field rules say: message and remedy together, as there is no check to look at.</summary>
    public static IEnumerable<FieldMessage> OfRules(IEnumerable<Finding> findings) =>
        from finding in findings
        where finding.Field is not null
        select new FieldMessage(finding.Field!, Kinds(finding), $"{Sentence(finding)} {finding.Remedy}") { Brief = Sentence(finding) };

    /// <summary>What the steps of a check found on a field, most likely cause first; what the rules said already is left out.</summary>
    public static IEnumerable<FieldMessage> OfCheck(CheckReport? report, IReadOnlyCollection<Finding> said) =>
        from step in report?.Steps ?? []
        from finding in step.Findings.Take(1)
        where finding.Field is not null && !said.Any(s => s.Code == finding.Code && s.Field == finding.Field)
        select new FieldMessage(finding.Field!, new CheckRow(step).NotNeeded ? FieldMessageKind.Note : Kinds(finding), Sentence(finding)) { More = $"#{CheckRow.IdOf(step.Name)}" };

    /// <summary>What another administrator set a field to meanwhile, said at the field that still holds one's own value.</summary>
    public static IEnumerable<FieldMessage> OfTheirs(SaveOutcome.Overtaken overtaken) =>
        from change in overtaken.TheirChanges
        select new FieldMessage(change.Field, FieldMessageKind.Note, $"{overtaken.Newest?.CreatedBy} set this to: {change.After ?? "empty"}.");

    private static string Sentence(Finding finding) => finding.Message.EndsWith('.') ? finding.Message : $"{finding.Message}.";

    private static FieldMessageKind Kinds(Finding finding) => finding.Severity switch
    {
        FindingSeverity.Error => FieldMessageKind.Error,
        FindingSeverity.Warning => FieldMessageKind.Warning,
        _ => FieldMessageKind.Note,
    };
}
