using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Sandbox;
using Signify.Notifications.Sandbox.Faults;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Web.Tests.Api;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests;

/// <summary>
/// A Microsoft 365 that says the secret and the token back at every turn: no answer, log line, audit row or byte of the database holds them.
/// </summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class SecretsSweepTests
{
    private const string Token = "EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA";
    private const string Secret = "qK78Q~bN4vT0pXe2LmW9sRz1YcA6uJdH5gFoKwPi";

    private readonly StringBuilder _seen = new();

    [Fact]
    public async Task Secrets_that_are_said_back_go_nowhere()
    {
        await using var program = await TestProgram.StartAsync([.. SandboxProgram.SandboxSettings(), ("Logging:LogLevel:Default", "Debug"),
            ("Logging:LogLevel:Microsoft.AspNetCore", "Debug"), ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Debug"), ("Logging:LogLevel:Microsoft.AspNetCore.DataProtection", "Information")]);
        var sandbox = program.Services.GetRequiredService<SandboxHost>();
        var screen = await SettingsScreen.OpenAsync(program);
        var granted = sandbox.Scenarios.Single(s => s.Id == "all-granted");
        Assert.Equal(Secret, granted.ClientSecret);

        foreach (var arm in Faults(sandbox.Faults))
        {
            sandbox.Faults.Clear();
            arm();
            await WalkAsync(program, screen, SandboxProgram.Body(granted), SettingsScreen.Values(granted));
        }

        var audit = string.Join('\n', (await program.ReadAuditAsync()).Select(e => $"{e.Target} {e.Details}"));
        Assert.Contains("revision 2", audit, StringComparison.Ordinal);
        Assert.Contains("you said", _seen.ToString(), StringComparison.Ordinal);
        Assert.Contains(program.Log.Lines, l => l.StartsWith("Debug", StringComparison.Ordinal));
        Assert.Contains("Dialogue with the mail server", _seen.ToString(), StringComparison.Ordinal);
        foreach (var secret in (string[])[Secret, Token])
        {
            // In pieces over lines and blanks it would be just as easy to put together again.
            foreach (var piece in Pieces(secret))
            {
                Assert.DoesNotContain(piece, _seen.ToString(), StringComparison.Ordinal);
            }

            SecretSpellings.AssertNowhere(secret, _seen.ToString());
            SecretSpellings.AssertNowhere(secret, program.Log.Text);
            SecretSpellings.AssertNowhere(secret, audit);
            SecretSpellings.AssertNowhere(secret, program.ReadDatabaseFiles());
        }
    }

    private static IEnumerable<Action> Faults(SandboxFaults faults)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret));
        var echo = $"you said {Secret} and {base64} and {Uri.EscapeDataString(Secret)}";
        yield return () => faults.Token(HttpFault.Answer(401, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: {{echo}}","error_codes":[7000215]}"""));
        yield return () => faults.Token(HttpFault.Answer(503, $"<html>{echo}</html>"));
        foreach (var stage in (SmtpStage[])[SmtpStage.Connect, SmtpStage.Ehlo, SmtpStage.StartTls, SmtpStage.Auth, SmtpStage.MailFrom, SmtpStage.RcptTo, SmtpStage.EndOfData])
        {
            yield return () => faults.Smtp(stage, SmtpFault.Answer($"550 5.7.3 {echo}"));
            yield return () => faults.Smtp(stage, SmtpFault.Answer(OverLines(Secret, 7)));
            yield return () => faults.Smtp(stage, SmtpFault.Answer(OverLines(base64, 11)));
            yield return () => faults.Smtp(stage, SmtpFault.Answer($"550 5.7.3 half of it, {Secret[..20]}, and blanks, {string.Join(' ', Secret.Chunk(5).Select(c => new string(c)))}"));
        }

        // A token that is no JWT: only because it was handed out is it known for one.
        yield return () =>
        {
            faults.Token(HttpFault.Answer(200, $$"""{"token_type":"Bearer","expires_in":3599,"access_token":"{{Token}}"}"""));
            faults.Smtp(SmtpStage.Auth, SmtpFault.Answer($"535 5.7.139 {echo} with {Token} as Bearer {Token}"));
            faults.Graph(HttpFault.Answer(403, $$"""{"error":{"code":"ErrorAccessDenied","message":"{{echo}} with {{Token}}" } }"""));
        };
    }

    /// <summary>A reply of many lines, a piece of the secret on each.</summary>
    private static string OverLines(string secret, int length)
    {
        var lines = secret.Chunk(length).Select(c => $"5.7.3 {new string(c)}").Prepend("5.7.3 you said").ToList();
        return string.Join("\r\n", lines.Select((line, i) => $"550{(i == lines.Count - 1 ? ' ' : '-')}{line}"));
    }

    private async Task WalkAsync(TestProgram program, SettingsScreen screen, Dictionary<string, object?> body, (string, string)[] typed)
    {
        See((await program.SaveAsync(body)).Text);
        See((await program.PostAsync(ApiCalls.Settings + "/test-message?revision=draft", new { to = "anna@reader.example" })).Text);
        See((await program.PostAsync(ApiCalls.Settings + "/test-message", new { to = "anna@reader.example" })).Text);
        See((await program.GetAsync(ApiCalls.Settings)).Text);
        See((await screen.SaveToTheEndAsync(typed)).Html);
        See((await screen.Browser.SubmitAsync(await screen.ReadAsync(), "[data-test-message]", ("to", "bert@reader.example"))).Html);
        See((await screen.Browser.GetAsync(SettingsScreen.Address + "/history")).Html);
        foreach (var file in (string[])["report.txt", "repair", "repair.ps1", "network-note.md", "guide"])
        {
            See((await screen.Browser.GetAsync($"{SettingsScreen.Address}/{file}")).Html);
        }

        See((await screen.Browser.GetAsync("/gear/system/auditlog")).Html);
    }

    private static IEnumerable<string> Pieces(string secret)
    {
        foreach (var spelling in (string[])[secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=')])
        {
            for (var i = 0; i + 7 <= spelling.Length; i++)
            {
                yield return spelling.Substring(i, 7);
            }
        }
    }

    private void See(string text) => _seen.AppendLine(text);
}
