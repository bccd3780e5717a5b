using Signify.Notifications.Settings;

namespace Signify.Notifications.Checks;

/// <summary>The Save of the page and of the API: field rules, draft, check. The active revision is replaced only when the check passes.</summary>
public sealed class SettingsSave(FieldRules rules, SettingsStore store, CheckRunner runner)
{
    /// <param name="basedOn">The newest revision the administrator saw (0 for none); null saves whatever others did.</param>
    public async Task<SaveOutcome> SaveAsync(Guid rulesetId, SettingsInput input, int? basedOn, string by, CancellationToken ct)
    {
        var overview = await store.ReadAsync(rulesetId, ct);
        var fields = rules.Judge(input, overview.Newest, rulesetId);
        if (fields.Settings is not { } settings)
        {
            return new SaveOutcome.Refused(fields);
        }

        return await store.SaveDraftAsync(rulesetId, settings, basedOn, by, ct) switch
        {
            SaveResult.Overtaken overtaken => new SaveOutcome.Overtaken(fields, overtaken.Newest, overtaken.TheirChanges),
            SaveResult.Saved saved => new SaveOutcome.Checking(fields, saved.Revision, runner.Start(saved.Revision, by)),
            _ => throw new InvalidOperationException("A save result without a meaning."),
        };
    }
}
