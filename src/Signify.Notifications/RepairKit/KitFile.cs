using System.Text;

namespace Signify.Notifications.RepairKit;

/// <summary>The whole kit as one PowerShell file. Run as it is, it asks which of its scripts to run and changes nothing before it was told twice.</summary>
public static class KitFile
{
    public const string Name = "signify-repair-kit.ps1";

    private const string Setup = """
        function Connect-Kit {
            if (-not (Get-Module -ListAvailable -Name ExchangeOnlineManagement)) {
                throw 'First run this once: Install-Module ExchangeOnlineManagement -Scope CurrentUser'
            }
            {Connect}
        }

        function Confirm-Filled {
            if ($args -match '^<') { throw 'Fill in the values at the top of this file first.' }
        }
        """;

    private const string Choice = """
        # What to do. Nothing of the above has run yet.
        Write-Host 'Repair kit of Signify Notifications. Each script changes one thing; nothing happens before you choose.'
        Write-Host ''
        {Menu}
        Write-Host ''
        Write-Host 'Type the number to run it, with v to look at how things stand (1v), with u to undo it (1u). Empty: nothing.'
        $choice = (Read-Host 'Which').Trim()
        """;

    private const string Act = """
        if ($act) {
            if ($choice -notlike '*v' -and (Read-Host 'This changes Exchange. Type yes to go on') -ne 'yes') {
                Write-Host 'Nothing was changed.'
            } else {
                Connect-Kit
                & $act
            }
        } else {
            Write-Host 'Nothing was changed.'
        }
        """;

    /// <summary>With a byte order mark: without one Windows PowerShell 5 reads umlauts and curly quotes as something else.</summary>
    public static byte[] Bytes(RepairFacts facts) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text(facts).ReplaceLineEndings("\r\n"))];

    public static string Text(RepairFacts facts)
    {
        var kit = RepairScripts.All(facts);
        string[] parts =
        [
            Head(facts), .. KitValue.Of(facts).Select(v => v.Assignment), "", Setup.Replace("{Connect}", RepairScripts.Connect(facts), StringComparison.Ordinal), "",
            .. kit.Select((script, i) => Part(script, i + 1)),
            Choice.Replace("{Menu}", Menu(kit), StringComparison.Ordinal), Chosen(kit), Act, "",
        ];
        return string.Join('\n', parts);
    }

    private static string Head(RepairFacts facts) => string.Join('\n',
        "# Repair kit of Signify Notifications: Exchange Online, for the mailbox " + PowerShellText.Plain(facts.Mailbox ?? "that notifications come from") + ".",
        "# There is no secret in this file. Run it in Windows PowerShell 5.1 or PowerShell 7: it asks what to do.",
        "# Needed once: Install-Module ExchangeOnlineManagement -Scope CurrentUser",
        "",
        "# The values that the scripts use.");

    private static string Part(KitScript script, int number)
    {
        var told = new[]
        {
            $"{number}. {script.Title}", script.For, $"Changes: {script.Changes}", $"Run by: {script.RunBy}",
            script.Before is { } before ? $"Before: {before}" : null, script.After is { } after ? $"After: {after}" : null,
            $"Works after: {script.WorksAfter}", $"How to see it ({number}v): {script.Expect}", $"How to undo it ({number}u): {script.UndoTells}",
        };
        return string.Join('\n',
        [
            .. told.OfType<string>().Select(line => $"# {line}"),
            Function($"Set-Kit{number}", script, script.Run), Function($"Show-Kit{number}", script, script.Look), Function($"Undo-Kit{number}", script, script.Back), "",
        ]);
    }

    private static string Function(string name, KitScript script, string commands)
    {
        var filled = string.Join(' ', script.Values.Where(v => v.IsUsedIn(commands) && !v.MayBeEmpty).Select(v => $"${v.Name}"));
        var lines = commands.Split('\n').Select(line => line.Length == 0 ? "" : $"    {line}");
        return string.Join('\n', [$"function {name} {{", $"    Confirm-Filled {filled}", .. lines, "}"]);
    }

    private static string Menu(IReadOnlyList<KitScript> kit) => string.Join('\n', kit.Select((s, i) => $"Write-Host {PowerShellText.Quote($"  {i + 1}  {s.Title}")}"));

    private static string Chosen(IReadOnlyList<KitScript> kit) => string.Join('\n',
    [
        "$act = switch ($choice) {",
        .. kit.SelectMany((_, i) => new[] { $"    '{i + 1}' {{ 'Set-Kit{i + 1}' }}", $"    '{i + 1}v' {{ 'Show-Kit{i + 1}' }}", $"    '{i + 1}u' {{ 'Undo-Kit{i + 1}' }}" }),
        "}",
    ]);
}
