using System.Reflection;
using Signify.Notifications.Diagnosis;
using Signify.Notifications.Findings;

namespace Signify.Notifications.Tests.Diagnosis;

/// <summary>What is wrong is said from one table, so that it can be reviewed, translated and rehearsed.</summary>
public sealed class OnePlaceTests
{
    private const byte NewObject = 0x73;

    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void A_finding_is_made_by_an_entry_of_the_table_and_nowhere_else()
    {
        var made = typeof(Finding).GetConstructor([typeof(FindingCode), typeof(string), typeof(string)])!.MetadataToken;
        var makers = typeof(Finding).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)))
            .Where(method => Makes(method, made)).Select(method => method.DeclaringType);

        Assert.Equal([typeof(Cause)], makers);
    }

    private static bool Makes(MethodBase method, int made)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        return Enumerable.Range(0, Math.Max(0, code.Length - 4)).Any(at => code[at] == NewObject && BitConverter.ToInt32(code, at + 1) == made);
    }
}
