using Signify.Notifications.Settings;

namespace Signify.Notifications.Tests.Hosting;

/// <summary>Changes one field of an input by its name in the API, as a theory gives it.</summary>
internal static class TypedInput
{
    public static SettingsInput With(this SettingsInput input, string field, object? value)
    {
        var changed = input with { };
        var property = typeof(SettingsInput).GetProperty(char.ToUpperInvariant(field[0]) + field[1..])
            ?? throw new ArgumentException($"No field {field}.", nameof(field));
        property.SetValue(changed, value);
        return changed;
    }
}
