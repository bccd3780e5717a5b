using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using Signify.Notifications.Checks;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;
using Signify.Notifications.Transports.Smtp;
using Signify.Notifications.Words;

namespace Signify.Notifications.Tests.Diagnosis;

/// <summary>The table of causes and its words fit each other, whatever is added to either.</summary>
public sealed partial class CauseTableTests
{
    private static readonly string[] Shared = ["tell-apart.", "phrase.", "why."];

    private static readonly SortedDictionary<string, string> Words = new(
        CauseWords.File.Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
            .Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!), StringComparer.Ordinal);

    [Fact]
    public void Every_cause_has_an_id_of_its_own_in_kebab_case()
    {
        Assert.True(Causes.All.Count > 200);
        Assert.Equal(Causes.All.Count, Causes.All.Select(c => c.Id).Distinct().Count());
        Assert.All(Causes.All, cause => Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", cause.Id));
    }

    [Fact]
    public void Every_code_but_those_of_no_use_yet_has_its_cause()
    {
        // Kept for other programs: the check tells these in another way.
        FindingCode[] without = [FindingCode.FromNameInvalid, FindingCode.TenantUnproved];

        Assert.Equal(without, Enum.GetValues<FindingCode>().Except(Causes.All.Select(c => c.Code)));
    }

    [Fact]
    public void Every_cause_says_what_happened_and_what_to_do() => Assert.All(Causes.All, cause =>
    {
        Assert.NotEmpty(Words[$"{cause.Id}.message"]);
        Assert.NotEmpty(Words[$"{cause.Id}.remedy"]);
        Assert.True(cause.TellApart is null || Words.ContainsKey($"tell-apart.{cause.TellApart}"), cause.Id);
        Assert.True(cause.Field is null || SettingsField.All.Contains(cause.Field), cause.Id);
    });

    [Fact]
    public void No_words_are_left_that_nobody_says()
    {
        var said = Causes.All.SelectMany(c => new[] { $"{c.Id}.message", $"{c.Id}.remedy", $"tell-apart.{c.TellApart}" }).ToHashSet();
        var left = Words.Keys.Where(key => !said.Contains(key) && !key.StartsWith("phrase.", StringComparison.Ordinal) && !key.StartsWith("why.", StringComparison.Ordinal));

        Assert.Empty(left);
        Assert.All(Words.Keys.Where(key => !said.Contains(key)), key => Assert.Contains(Shared, prefix => key.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_words_are_short_sentences_without_blame() => Assert.All(Words, pair =>
    {
        Assert.True(pair.Value.Length < 400, $"{pair.Key} is {pair.Value.Length} characters long.");
        Assert.DoesNotMatch(Impolite(), pair.Value);
        Assert.Equal(pair.Value.Trim(), pair.Value);
        Assert.True(pair.Value.EndsWith('.') || pair.Value.EndsWith('}') || Insertion(pair.Key), $"{pair.Key} ends without a full stop.");
    });

    // Names that stand within other words.
    private static bool Insertion(string key) => key is "phrase.token-file" or "phrase.managed-identity" or "phrase.machine-identity";

    /// <summary>Each way in which the program makes a finding, with values for all that its words name.</summary>
    [Fact]
    public void Every_finding_that_code_can_make_has_a_value_for_each_name_in_its_words()
    {
        var makers = typeof(Causes).Assembly.GetTypes()
            .Where(type => type.IsClass && type.Name.EndsWith("Findings", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Finding) && method.GetParameters().All(p => Samples.Has(p.ParameterType)))
            .ToList();

        Assert.True(makers.Count > 50, $"{makers.Count} makers are few.");
        Assert.All(makers, maker => Assert.All(Samples.For(maker), values => AssertWhole((Finding?)maker.Invoke(null, values))));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_has_every_word_and_the_same_names(string culture)
    {
        var translated = CauseWords.File.Resources.GetResourceSet(new CultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);

        Assert.Equal(Words.Keys, translated.Keys.Order(StringComparer.Ordinal));
        Assert.All(Words, pair => Assert.Equal(WordFile.Names(pair.Value), WordFile.Names(translated[pair.Key])));
    }

    /// <summary>Those that lie beside the program; English alone today, which is where they all fall back to.</summary>
    public static TheoryData<string> Translations() =>
        [.. Directory.GetFiles(AppContext.BaseDirectory, "Signify.Notifications.resources.dll", SearchOption.AllDirectories)
            .Select(file => new DirectoryInfo(Path.GetDirectoryName(file)!).Name).Where(name => name != SatelliteTests.Culture).Append("")];

    [Fact]
    public void Words_without_a_value_for_a_name_are_a_fault_of_ours()
    {
        Assert.Throws<ArgumentException>(() => Causes.ValueTooLong.Told(("field", "Port")));
        Assert.Throws<ArgumentException>(() => CauseWords.Get("no-such-words"));
    }

    [Fact]
    public void A_value_with_braces_of_its_own_stays_what_it_is() =>
        Assert.Equal("\"{field}\" is not a host name.", Causes.ServerNameInvalid.Told(("name", "{field}")).Message);

    [Fact]
    public void What_no_table_names_is_told_by_its_kind_and_says_so()
    {
        var finding = Causes.SecretWrong.ToldByKind("AADSTS9999999");

        Assert.Equal((FindingCode.SecretWrong, Certainty.Likely), (finding.Code, finding.Certainty));
        Assert.Contains("does not know the reply AADSTS9999999", finding.Message, StringComparison.Ordinal);
    }

    private static void AssertWhole(Finding? finding)
    {
        if (finding is not null)
        {
            Assert.NotNull(Causes.Of(finding));
            Assert.DoesNotMatch(@"\{[a-z]+\}", finding.Message + finding.Remedy);
        }
    }

    [GeneratedRegex(@"\b(you should|must not|illegal|fatal|bad request|please|oops|sorry)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Impolite();
}
