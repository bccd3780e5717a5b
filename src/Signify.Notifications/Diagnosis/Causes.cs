using System.Collections.Frozen;
using System.Reflection;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Diagnosis;

/// <summary>The table of causes: everything this program can say is wrong, each in one place.</summary>
public static partial class Causes
{
    private static readonly Lazy<IReadOnlyList<Cause>> Entries = new(() =>
    [
        .. typeof(Causes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(Cause)).Select(f => (Cause)f.GetValue(null)!),
    ]);

    private static readonly Lazy<FrozenDictionary<string, Cause>> ById = new(() => All.ToFrozenDictionary(c => c.Id));

    public static IReadOnlyList<Cause> All => Entries.Value;

    /// <summary>The entry that a finding tells of; null for a finding of no entry, and for one that an older version of the program stored.</summary>
    public static Cause? Of(Finding finding) => finding.Cause is { } id ? ById.Value.GetValueOrDefault(id) : null;
}
