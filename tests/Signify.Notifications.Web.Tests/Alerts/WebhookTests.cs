using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Signify.Notifications.Alerts;
using Signify.Notifications.Rulesets;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Servers;
using Signify.Notifications.Web.Tests.Hosting;
using Signify.Notifications.Web.Tests.Pages.Gear.Ruleset.Notifications;

namespace Signify.Notifications.Web.Tests.Alerts;

[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class WebhookTests
{
    [Fact]
    public async Task An_alert_arrives_once_as_json_without_addresses()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var program = await AlertProgram.StartAsync($"{receiver.Address}hook?token=1");

        await program.RaiseAsync();
        await program.RaiseAsync();
        await program.TellAsync();
        await program.TellAsync();

        var call = Assert.Single(receiver.Calls);
        Assert.Equal(("/hook?token=1", "application/json; charset=utf-8"), (call.Path, call.Headers["Content-Type"]));
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(["id", "kind", "about", "ruleset", "subject", "text", "at"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("standby-took-over", "ab12cd", "Default"), (body.Text("kind"), body.Text("about"), body.Text("ruleset")));
        Assert.DoesNotContain("@", call.Body, StringComparison.Ordinal);
        Assert.False(call.Headers.ContainsKey("X-Signify-Signature"));
        Assert.Equal((AlertDeliveryState.Delivered, "It answered 204."), ((await program.DeliveryAsync()).State, (await program.DeliveryAsync()).LastWords));
    }

    [Fact]
    public async Task With_the_programs_address_configured_an_alert_carries_a_link()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString(), address: "https://notify.contoso.com/app/");

        await program.RaiseAsync();
        await program.TellAsync();

        Assert.Equal($"https://notify.contoso.com/app/overview?ruleset={Ruleset.DefaultId}", JsonDocument.Parse(receiver.Calls[0].Body).RootElement.Text("link"));
    }

    [Fact]
    public async Task A_receivers_certificate_makes_nobody_fetch_what_it_names()
    {
        await using var receiver = new LookupServer();
        await using var program = await AlertProgram.StartAsync($"https://127.0.0.1:{receiver.Port}/hook");

        await program.RaiseAsync();
        await program.TellAsync();

        Assert.Contains("certificate", (await program.DeliveryAsync()).LastWords, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, receiver.Lookups);
    }

    [Fact]
    public async Task The_signature_covers_the_second_and_the_body()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString(), AlertProgram.Secret);

        await program.RaiseAsync();
        await program.TellAsync();

        var call = receiver.Calls[0];
        var second = program.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AlertProgram.Secret), Encoding.UTF8.GetBytes($"{second}.{call.Body}")));
        Assert.Equal($"t={second},v1={expected}", call.Headers["X-Signify-Signature"]);
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_growing_waits_for_a_day()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerStatus(503);
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString(), AlertProgram.Secret);
        await program.RaiseAsync();
        var waits = new List<double>();

        for (AlertDelivery delivery; (delivery = await program.DeliveryAsync()).State == AlertDeliveryState.Waiting;)
        {
            waits.Add((delivery.DueAt - program.Time.GetUtcNow()).TotalMinutes);
            program.Time.SetUtcNow(delivery.DueAt > program.Time.GetUtcNow() ? delivery.DueAt : program.Time.GetUtcNow());
            await program.TellAsync();
        }

        Assert.Equal([0.5, 2, 10, 30, 60, 120, 240], waits.Skip(1).Take(7));
        Assert.Equal(1440, Math.Round(waits.Sum()));
        Assert.Equal(AlertDeliveryState.GivenUp, (await program.DeliveryAsync()).State);
        // Every try says the same and is signed anew.
        Assert.Single(receiver.Calls.Select(c => c.Body).Distinct());
        Assert.Equal(receiver.Calls.Count, receiver.Calls.Select(c => c.Headers["X-Signify-Signature"]).Distinct().Count());
    }

    [Fact]
    public async Task A_receiver_that_comes_back_gets_the_alert()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerStatus(500);
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString());
        await program.RaiseAsync();
        await program.TellAsync();
        receiver.AnswerStatus(200);

        await program.TellAsync();
        Assert.Single(receiver.Calls);
        program.Time.Advance(TimeSpan.FromSeconds(31));
        await program.TellAsync();

        Assert.Equal((AlertDeliveryState.Delivered, 2), ((await program.DeliveryAsync()).State, (await program.DeliveryAsync()).Attempts));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerStatus(307, elsewhere.Address.ToString());
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString());

        await program.RaiseAsync();
        await program.TellAsync();

        Assert.Empty(elsewhere.Calls);
        Assert.Contains("redirect", (await program.DeliveryAsync()).LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_left_after_ten_seconds()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString());
        await program.RaiseAsync();
        var telling = program.TellAsync();
        await receiver.CalledAsync();

        program.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(telling.IsCompleted);
        program.Time.Advance(TimeSpan.FromSeconds(2));
        await telling;

        Assert.Equal("It did not answer within 10 seconds.", (await program.DeliveryAsync()).LastWords);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = async context =>
        {
            var junk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(junk, context.RequestAborted);
            }
        };
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString());

        await program.RaiseAsync();
        await program.TellAsync();

        Assert.Equal(AlertDeliveryState.Delivered, (await program.DeliveryAsync()).State);
    }

    [Fact]
    public async Task Headers_without_end_are_a_fault_of_the_receiver()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = context =>
        {
            for (var i = 0; i < 2000; i++)
            {
                context.Response.Headers[$"x-{i}"] = new string('a', 200);
            }

            return Task.CompletedTask;
        };
        await using var program = await AlertProgram.StartAsync(receiver.Address.ToString());

        await program.RaiseAsync();
        await program.TellAsync();

        Assert.Equal(AlertDeliveryState.Waiting, (await program.DeliveryAsync()).State);
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data/", true)]
    [InlineData("https://[fe80::1]/", true)]
    [InlineData("https://10.0.0.1/", false)]
    [InlineData("http://127.0.0.1:{port}/", false)]
    [InlineData("http://localhost:{port}/", false)]
    public async Task A_forbidden_address_is_not_called_even_when_it_is_stored(string url, bool allowPrivate)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var program = await AlertProgram.StartAsync(
            url.Replace("{port}", receiver.Address.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), allowPrivate: allowPrivate);

        await program.RaiseAsync();
        await program.TellAsync();

        Assert.Empty(receiver.Calls);
        var words = (await program.DeliveryAsync()).LastWords!;
        Assert.True(words.Contains("is not called", StringComparison.Ordinal) || words.Contains("webhooks do not go there", StringComparison.Ordinal), words);
    }

    [Fact]
    public async Task Where_nothing_listens_it_says_so()
    {
        await using var program = await AlertProgram.StartAsync($"http://127.0.0.1:{WebhookReceiver.FreePort()}/");

        await program.RaiseAsync();
        await program.TellAsync();

        Assert.Equal("Nothing listens there: the connection over IPv4 was refused.", (await program.DeliveryAsync()).LastWords);
    }

    [Fact]
    public async Task The_secret_and_the_path_stand_nowhere()
    {
        const string path = "t0ken-of-the-receiver-0123456789";
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerStatus(500);
        await using var program = await AlertProgram.StartAsync($"{receiver.Address}{path}", AlertProgram.Secret);
        await program.RaiseAsync();
        await program.TellAsync();
        receiver.AnswerStatus(204);
        program.Time.Advance(TimeSpan.FromMinutes(1));
        await program.TellAsync();

        var ada = await program.Program.SignedInAsync();
        var vera = await program.Program.SignedInViewerAsync();
        var audit = string.Join('\n', (await program.Program.ReadAuditAsync()).Select(e => $"{e.Target} {e.Details}"));
        var seen = (await vera.GetAsync("/gear/ruleset/alerts")).Html + (await ada.GetAsync("/gear/system/auditlog")).Html;
        var page = (await ada.GetAsync("/gear/ruleset/alerts")).Html;

        Assert.Contains("signed with", audit, StringComparison.Ordinal);
        foreach (var text in (string[])[page, seen, audit, program.Program.Log.Text, program.Program.ReadDatabaseFiles(), string.Concat(receiver.Calls.Select(c => c.Body + string.Concat(c.Headers.Values)))])
        {
            SecretSpellings.AssertNowhere(AlertProgram.Secret, text);
        }

        foreach (var text in (string[])[seen, audit, program.Program.Log.Text])
        {
            SecretSpellings.AssertNowhere(path, text);
        }

        Assert.Contains(path, page, StringComparison.Ordinal);
    }
}
