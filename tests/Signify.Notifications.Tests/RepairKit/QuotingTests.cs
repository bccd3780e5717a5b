using System.Management.Automation.Language;
using CsCheck;
using Signify.Notifications.Findings;
using Signify.Notifications.RepairKit;

namespace Signify.Notifications.Tests.RepairKit;

/// <summary>PowerShell's own parser reads the kit: whatever stands in a value, it is a constant text and nothing else changes.</summary>
public sealed class QuotingTests
{
    private const string Nasty = "'\u2018\u2019\u201A\u201B\"\u201C\u201D\u201E$(){};`|&<>#@,\r\n\0\t \u0085\u2028\u2029\u200B\u202E\uD800\uDC00-_ab";

    private static readonly string[] Names = ["clientId", "objectId", "mailbox"];

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.String,
        Gen.Char[Nasty].Array.Select(chars => new string(chars)),
        Gen.OneOf(new[] { "'; Remove-Mailbox x; '", "$(Remove-Mailbox x)", "#> Remove-Mailbox x <#", "a\nRemove-Mailbox x", "\u2019; Remove-Mailbox x #", "`'; x", "😀", "O\u02BCHara", "a'b\u2019c\u201Bd" }.Select(Gen.Const).ToArray()));

    [Fact]
    public void Whatever_the_values_hold_only_their_constants_differ()
    {
        var usual = Rest(KitFile.Text(Facts.Full));

        Gen.Select(Value, Value, Value).Sample((client, id, mailbox) =>
        {
            var facts = Facts.Full with { ClientId = client, ObjectId = id, Mailbox = mailbox };
            var file = KitFile.Text(facts);

            return Rest(file) == usual && Assigned(file).SequenceEqual(new[] { client, id, mailbox }.Select((v, i) => Expected(v, i)));
        });
    }

    [Fact]
    public void The_same_holds_for_each_text_of_each_script()
    {
        Gen.Select(Value, Gen.Enum<RepairScript>()).Sample((value, script) =>
        {
            var facts = Facts.Full with { ClientId = value, ObjectId = value, Mailbox = value };
            var (kit, usual) = (RepairScripts.Of(script, facts), RepairScripts.Of(script, Facts.Full));

            return Rest(kit.Commands) == Rest(usual.Commands) && Rest(kit.Verify) == Rest(usual.Verify) && Rest(kit.Undo) == Rest(usual.Undo)
                && Assigned(kit.Commands).All(constant => PowerShellText.Plain(value).Trim().Length == 0 ? constant.StartsWith('<') : constant == PowerShellText.Plain(value));
        });
    }

    [Fact]
    public void A_quoted_value_is_one_constant_that_says_the_same()
    {
        Value.Sample(value =>
        {
            var ast = Parse($"Set-Thing -Name {PowerShellText.Quote(value)}");
            var command = Assert.IsType<CommandAst>(Assert.Single(ast.FindAll(a => a is CommandAst, true)));

            return command.CommandElements is [_, CommandParameterAst { ParameterName: "Name" }, StringConstantExpressionAst { StringConstantType: StringConstantType.SingleQuoted } text]
                && text.Value == PowerShellText.Plain(value);
        });
    }

    [Theory]
    [InlineData("hr@contoso.com", "'hr@contoso.com'")]
    [InlineData("o'brien@contoso.com", "'o''brien@contoso.com'")]
    [InlineData("o\u2019brien", "'o\u2019\u2019brien'")]
    [InlineData("'; Remove-Mailbox x; '", "'''; Remove-Mailbox x; '''")]
    [InlineData("$(Get-Date) `n \"x\"", "'$(Get-Date) `n \"x\"'")]
    [InlineData("a\r\nRemove-Mailbox x\n", "'aRemove-Mailbox x'")]
    [InlineData("right\u202Eleft\u200B", "'rightleft'")]
    public void A_value_stays_text_whatever_it_holds(string value, string quoted)
    {
        Assert.Equal(quoted, PowerShellText.Quote(value));
    }

    private static string Expected(string value, int place)
    {
        var plain = PowerShellText.Plain(value);
        return plain.Trim().Length > 0 ? plain : $"<{(string[])["Application (client) ID", "Object ID of the enterprise application", "From Email"] switch { var labels => labels[place] }}>";
    }

    /// <summary>What PowerShell would carry out, without the constants of the values: each kind of node with its text.</summary>
    private static string Rest(string script)
    {
        var ast = Parse(script);
        var values = Constants(ast).Values.ToHashSet();
        return string.Join('\n', ast.FindAll(a => a is CommandAst or CommandElementAst or AssignmentStatementAst or FunctionDefinitionAst or IfStatementAst, true)
            .Where(a => !values.Contains(a) && !values.Any(v => a.Extent.StartOffset <= v.Extent.StartOffset && a.Extent.EndOffset >= v.Extent.EndOffset))
            .Select(a => $"{a.GetType().Name} {a.Extent.Text}"));
    }

    private static IEnumerable<string> Assigned(string script) => Constants(Parse(script)).OrderBy(c => Array.IndexOf(Names, c.Key)).Select(c => c.Value.Value);

    private static Dictionary<string, StringConstantExpressionAst> Constants(ScriptBlockAst ast) => ast.EndBlock.Statements.OfType<AssignmentStatementAst>()
        .Select(a => (Name: (a.Left as VariableExpressionAst)?.VariablePath.UserPath, Value: (a.Right as CommandExpressionAst)?.Expression as StringConstantExpressionAst))
        .Where(a => Names.Contains(a.Name))
        .ToDictionary(a => a.Name!, a => Assert.IsType<StringConstantExpressionAst>(a.Value));

    private static ScriptBlockAst Parse(string script)
    {
        var ast = Parser.ParseInput(script, out _, out var errors);
        Assert.Empty(errors);
        return ast;
    }
}
