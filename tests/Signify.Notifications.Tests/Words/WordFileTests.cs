using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Signify.Notifications.Access.Passwords;
using Signify.Notifications.Alerts;
using Signify.Notifications.Checks;
using Signify.Notifications.Tests.Diagnosis;
using Signify.Notifications.Words;

namespace Signify.Notifications.Tests.Words;

/// <summary>A file of words and the class that says them fit each other, whatever is added to either.</summary>
public sealed partial class WordFileTests
{
    private const byte LoadString = 0x72;

    private const BindingFlags Sayings = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Readers() => ["Check", "Alerts", "Passwords"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Everything_that_can_be_said_has_its_words_and_a_value_for_each_name_in_them(string name)
    {
        var sayings = Reader(name).GetMethods(Sayings);

        Assert.True(sayings.Length >= (name == "Passwords" ? 7 : 31), $"{sayings.Length} sayings are few.");
        Assert.All(sayings, saying => Assert.All(Samples.For(saying), values => Assert.DoesNotMatch(@"\{[a-z]+\}", (string)saying.Invoke(null, values)!)));
    }

    /// <summary>What is handed over has its place in some of the words: else a translator cannot say it.</summary>
    [Theory]
    [MemberData(nameof(Readers))]
    public void No_value_is_handed_over_in_vain(string name) => Assert.All(
        Reader(name).GetMethods(Sayings).Where(saying => saying.GetParameters().Any(p => p.ParameterType == typeof(string))),
        saying =>
        {
            object?[] values = [.. saying.GetParameters().Select((p, i) => p.ParameterType == typeof(string) ? $"<{i}>" : p.ParameterType == typeof(int) ? 7 : (object)true)];

            Assert.All(values.OfType<string>(), value => Assert.Contains(value, (string)saying.Invoke(null, values)!, StringComparison.Ordinal));
        });

    [Theory]
    [MemberData(nameof(Readers))]
    public void No_words_are_left_that_nobody_says(string name)
    {
        var spoken = Reader(name).GetMethods(Sayings).SelectMany(Strings).ToHashSet();

        Assert.Equal(Words(name).Keys.Order(StringComparer.Ordinal), Words(name).Keys.Where(spoken.Contains).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void The_words_are_without_blame_and_without_loose_ends(string name) => Assert.All(Words(name), pair =>
    {
        Assert.DoesNotMatch(Impolite(), pair.Value);
        Assert.Equal(pair.Value.Trim(), pair.Value);
        Assert.NotEmpty(pair.Value);
    });

    [Theory]
    [MemberData(nameof(Readers))]
    public void Words_that_are_not_there_are_a_fault_of_ours(string name) => Assert.Throws<ArgumentException>(() => File(name).Get("no-such-words"));

    private static Type Reader(string name) => name switch
    {
        "Check" => typeof(CheckWords),
        "Alerts" => typeof(AlertPhrases),
        _ => typeof(PasswordMessages),
    };

    private static WordFile File(string name) => name switch
    {
        "Check" => CheckWords.File,
        "Alerts" => AlertPhrases.File,
        _ => PasswordMessages.File,
    };

    private static Dictionary<string, string> Words(string name) =>
        File(name).Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
            .Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);

    private static IEnumerable<string> Strings(MethodInfo method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var at = 0; at + 4 < code.Length; at++)
        {
            // Tokens of strings begin with 0x70, in the last of four bytes.
            if (code[at] == LoadString && code[at + 4] == 0x70)
            {
                yield return method.Module.ResolveString(BitConverter.ToInt32(code, at + 1));
            }
        }
    }

    [GeneratedRegex(@"\b(you should|must not|illegal|fatal|bad request|please|oops|sorry)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Impolite();
}
