using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signify.Notifications.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Signify.Notifications.Browser.Tests;

/// <summary>The whole path of a mailing, from the list of recipients to the messages that arrived, as a person goes it.</summary>
public sealed partial class MailingPathTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Recipients = 1_000;

    // A hundred a second: quick for a test, slow enough to be watched and paused.
    private static readonly (string, string)[] Settings =
    [
        ("Bootstrap__AdminEmail", Accounts.AdminEmail), ("Bootstrap__AdminPassword", Accounts.AdminPassword), ("Bootstrap__ApiKey", Accounts.ApiKey),
        ("Pace__ExchangeOnline__MessagesPerMinute", "6000"), ("Pace__ExchangeOnline__RecipientsPerDay", "0"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailing_of_a_thousand_is_written_watched_paused_resumed_and_arrives()
    {
        await using var program = await RunningProgram.StartAsync(Settings);
        await using var ada = await Person.WithAsync(chromium, program);
        var page = ada.Page;
        await ada.SignInAsync();
        await ada.SaveStateAsync("all-granted");
        await page.GotoAsync("/sandbox");
        await Press(page, "Switch the limits off");
        await Expect(page.Locator("#limits .badge")).ToHaveTextAsync("Off");

        await page.GotoAsync("/mailings/new");
        await page.GetByLabel("Upload a CSV file").SetInputFilesAsync(new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(People(Recipients)) });
        await WriteAndSendAsync(page, "path");
        await Expect(page.Locator("#mailing-status")).ToContainTextAsync("Sending");

        // The page moves by itself.
        await Expect(page.Locator(".progress-lead strong")).ToHaveTextAsync(AHundredAndFiftyOrMore());
        await page.TakeAsync("path-sending");
        await Press(page, "Pause");
        await Expect(page.Locator("#mailing-badge")).ToHaveTextAsync("Paused");
        await AssertStandsStillAsync(program, page);
        await page.TakeAsync("path-paused");

        await Press(page, "Resume");
        await Expect(page.Locator("#mailing-status")).ToContainTextAsync("Sent to all 1,000");
        Assert.Equal(Recipients, await page.EvaluateAsync<int>("document.getElementById('bar').max"));
        await page.TakeAsync("path-sent");
        await AssertArrivedAsync(page);
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task Sending_is_held_and_resumed_on_the_overview_and_what_waits_goes_by_itself()
    {
        await using var program = await RunningProgram.StartAsync(Settings);
        await using var ada = await Person.WithAsync(chromium, program);
        var page = ada.Page;
        await ada.SignInAsync();
        await ada.SaveStateAsync("all-granted");

        await page.GotoAsync("/overview");
        await page.Locator("#hold").ClickAsync();
        await page.Locator("dialog button:not([data-close])").ClickAsync();
        await Expect(page.Locator("#held-title")).ToHaveTextAsync("Sending is held");
        await HandInAsync(program, "bert@contoso.com");
        await Expect(page.Locator("#numbers .value").First).ToHaveTextAsync("1");
        await page.TakeAsync("path-held");

        await Press(page, "Resume sending");
        await Expect(page.Locator("#held-title")).ToHaveCountAsync(0);
        await Expect(page.Locator("#numbers .value").First).ToHaveTextAsync("0");
        await page.GotoAsync("/sandbox");
        // Nothing waits as soon as it is in hand; it has arrived a moment later.
        await ReloadUntilAsync(page, "main", "1 message has arrived since the start.");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task Without_JavaScript_a_mailing_of_twenty_goes_the_same_way_by_plain_forms()
    {
        await using var program = await RunningProgram.StartAsync(Settings);
        await using var ada = await Person.WithAsync(chromium, program, new PersonOptions { JavaScript = false });
        var page = ada.Page;
        await ada.SignInAsync();
        await ada.SaveStateAsync("all-granted");
        await page.GotoAsync("/sandbox");
        await Press(page, "Switch the limits off");

        await page.GotoAsync("/overview");
        await page.Locator("#hold").ClickAsync();
        await page.Locator("[data-confirmation] button").ClickAsync();
        await Expect(page.Locator("#held-title")).ToHaveTextAsync("Sending is held");
        await page.GotoAsync("/mailings/new");
        await page.GetByLabel("Or paste them").FillAsync(People(20));
        await WriteAndSendAsync(page, "plain");
        await Expect(page.Locator("#mailing-badge")).ToHaveTextAsync("Held");
        var mailing = page.Url;

        await Press(page, "Pause");
        await page.GotoAsync("/overview");
        await Press(page, "Resume sending");
        await page.GotoAsync(mailing);
        await Expect(page.Locator("#mailing-badge")).ToHaveTextAsync("Paused");
        await Press(page, "Resume");
        await ReloadUntilAsync(page, "#mailing-status", "Sent to all 20");
        await page.TakeAsync("plain-sent");
        await page.GotoAsync("/sandbox");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("20 messages have arrived since the start.");
        Assert.Empty(ada.Complaints);
    }

    private static async Task WriteAndSendAsync(IPage page, string pictures)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Payslips November");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Your payslip, {{first_name}}");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("Dear {{first_name}},\n\nyour payslip for November is ready.");
        await page.TakeAsync($"{pictures}-written");
        await Press(page, "Continue");
        await Expect(page.Locator("#preview")).ToContainTextAsync("Your payslip, Person 1");
        await page.TakeAsync($"{pictures}-preview");
        await page.Locator("#send button.primary").ClickAsync();
        await Expect(page.Locator("#mailing-status")).ToBeVisibleAsync();
    }

    /// <summary>The sender is at work, for a notification of its own arrives, and the mailing stays where it is.</summary>
    private static async Task AssertStandsStillAsync(RunningProgram program, IPage page)
    {
        await Expect(page.Locator(".counts dt", new() { HasTextString = "being sent" })).ToHaveCountAsync(0);
        var done = await page.Locator(".progress-lead strong").TextContentAsync();
        await HandInAsync(program, "bert@contoso.com");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/activity?to=bert@contoso.com");
        await ReloadUntilAsync(other, "main", "Sent");
        await other.CloseAsync();

        await page.ReloadAsync();
        Assert.Equal(done, await page.Locator(".progress-lead strong").TextContentAsync());
        Assert.InRange(int.Parse(done!, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), 150, Recipients - 1);
    }

    private static async Task AssertArrivedAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "All its notifications" }).ClickAsync();
        await page.ArrivesAtAsync("/activity?mailing=");
        await page.TakeAsync("path-activity");
        await page.Locator("main table tbody a").First.ClickAsync();
        await page.ArrivesAtAsync("/activity/");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("The server said: 2.0.0 OK");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Your payslip, Person");
        await page.TakeAsync("path-notification");
        await page.GotoAsync("/overview");
        await page.TakeAsync("path-overview");

        await page.GotoAsync("/sandbox");
        // And the one of its own.
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("1,001 messages have arrived since the start.");
        await page.TakeAsync("path-sandbox");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = PayslipOfSomebody() }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("your payslip for November is ready.");
    }

    private static async Task ReloadUntilAsync(IPage page, string place, string words)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!(await page.Locator(place).TextContentAsync())!.Contains(words, StringComparison.Ordinal))
        {
            await again.WaitForNextTickAsync(Ct);
            await page.ReloadAsync();
        }
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task HandInAsync(RunningProgram program, string to)
    {
        using var api = new HttpClient { BaseAddress = program.Address, Timeout = TestTimeouts.Step };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Accounts.ApiKey);
        using var answer = await api.PostAsJsonAsync("/api/v1/notifications", new { to, subject = "Hello", text = "One alone.", priority = "urgent" }, Ct);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static string People(int count) =>
        "email,first_name\n" + string.Concat(Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"person{i}@contoso.com,Person {i}\n")));

    [GeneratedRegex(@"^(1[5-9]\d|[2-9]\d\d)$")]
    private static partial Regex AHundredAndFiftyOrMore();

    [GeneratedRegex(@"Your payslip, Person \d+")]
    private static partial Regex PayslipOfSomebody();
}
