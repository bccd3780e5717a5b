using Signify.Notifications.Checks;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Web.Pages.Gear.Ruleset.Notifications;

/// <summary>Everything the settings page shows.</summary>
public sealed record SettingsPage
{
    public required SettingsOverview Overview { get; init; }

    public required StatusLine Status { get; init; }

    public required SettingsView View { get; init; }

    public required CheckCard Check { get; init; }

    /// <summary>Why the last Save was not stored; each names its field.</summary>
    public IReadOnlyList<FieldMessage> Problems { get; init; } = [];

    public SaveOutcome.Overtaken? Overtaken { get; init; }

    /// <summary>Labels of the fields that were rid of blanks and the like.</summary>
    public IReadOnlyList<string> Cleaned { get; init; } = [];

    public TestMessageResult? Test { get; init; }

    public string? TestTo { get; init; }

    /// <summary>The revision that a test message was asked for, when a later Save took its place meanwhile.</summary>
    public int? TestGone { get; init; }

    /// <summary>What a test message can go over: what is in use first, then the draft.</summary>
    public IReadOnlyList<SettingsRevision> ForTest => [.. new[] { Overview.Active, Overview.Draft }.OfType<SettingsRevision>()];

    /// <summary>The page after a Save that was refused: what was typed, without its secrets, and the reasons at the fields.</summary>
    /// <param name="basedOn">As it came: what others saved meanwhile has not been seen yet.</param>
    public SettingsPage Refused(NotificationsForm typed, int basedOn, FieldReport fields)
    {
        var messages = FieldMessage.OfRules(fields.Findings).ToList();
        var again = ShownAgain(typed, fields, messages);
        return again with { View = again.View with { BasedOn = basedOn }, Problems = [.. messages.Where(m => m.Kind == FieldMessageKind.Error)] };
    }

    /// <summary>The page after a Save that somebody else's came before: a Save from here is based on theirs.</summary>
    public SettingsPage OvertakenBy(NotificationsForm typed, SaveOutcome.Overtaken overtaken)
    {
        var again = ShownAgain(typed, overtaken.Fields, [.. FieldMessage.OfRules(overtaken.Fields.Findings), .. FieldMessage.OfTheirs(overtaken)]);
        // Theirs, not the newest: a third Save may have come between, and nobody has seen it here.
        return again with { View = again.View with { BasedOn = overtaken.Newest?.Number ?? 0 }, Overtaken = overtaken };
    }

    /// <summary>The page with values of the pretend Microsoft 365.</summary>
    public SettingsPage Prefilled(SettingsInput values) =>
        this with { View = View with { Form = NotificationsForm.From(values), Pretend = true, Messages = [] } };

    private SettingsPage ShownAgain(NotificationsForm typed, FieldReport fields, IEnumerable<FieldMessage> messages)
    {
        var again = typed.TypedSecrets().Select(field =>
            new FieldMessage(field, FieldMessageKind.Note, field == SettingsField.ClientCertificate
                ? "The file was not kept. Choose it again."
                : $"What you typed here was not kept. Enter the {SettingsField.Label(field).ToLowerInvariant()} again."));
        return this with
        {
            View = View with { Form = typed.ShownAgain(fields.Cleaned), Messages = [.. messages, .. again] },
            Cleaned = [.. fields.CleanedFields.Select(SettingsField.Label)],
        };
    }
}
