using System.Globalization;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Signify.Notifications.Microsoft365;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Benchmarks;

/// <summary>
/// Against what most programs do: for each message connect, STARTTLS, sign in with XOAUTH2, send, commit; one after another. On a
/// real Postfix, which keeps each message on its disk, with Dovecot behind it to verify the token. Goal E.
/// </summary>
internal static class PostfixBenchmark
{
    private const int Messages = 1_500;
    private const int OneByOne = 60;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options)
    {
        if (!PostfixServer.CanRun)
        {
            Console.WriteLine("Postfix starts as root only: left out.");
            return [];
        }

        await using var server = await PostfixServer.StartAsync();
        var ratios = new List<double>();
        for (var i = 0; i <= options.Rounds; i++)
        {
            var usual = await UsualAsync(server);
            var ours = await OursAsync(server);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {i}, messages a second: ours {ours.Rate:0}, connect and commit for each {usual.Rate:0.0}"));
            if (i > 0)
            {
                ratios.Add(ours.Rate / usual.Rate);
            }
        }

        return [new("E", "durable end to end on a real Postfix, STARTTLS and XOAUTH2, 3 connections", "connect, sign in, send and commit for each message (MailKit)", "≥ 18", Figure.Ratio(ratios))];
    }

    private static async Task<Lap> OursAsync(PostfixServer server)
    {
        var tokens = new GivenToken(server.Token);
        await using var lab = await DeliveryLab.StartAsync(
            server.Port,
            SignIn.Token,
            new()
            {
                ["Clouds:Lab:SmtpHost"] = "127.0.0.1",
                ["Clouds:Lab:TrustedRoots"] = server.RootFile,
                ["Clouds:Lab:CheckRevocation"] = "false",
                ["Pace:ExchangeOnline:MessagesPerMinute"] = "0",
                ["Pace:ExchangeOnline:RecipientsPerDay"] = "0",
            },
            services => services.AddSingleton<IAccessTokens>(tokens));
        await lab.FillAsync(Messages, DeliveryBenchmark.UsualBytes);
        return await Lap.MeasureAsync(Messages, lab.DrainAsync);
    }

    private static async Task<Lap> UsualAsync(PostfixServer server)
    {
        var folder = Directory.CreateTempSubdirectory("signify-bench-");
        await using var records = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "sent.db")};Pooling=False");
        records.Open();
        await using var command = records.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Sent (Id INTEGER PRIMARY KEY, Receipt TEXT);";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO Sent (Receipt) VALUES (@receipt)";
        var receipt = command.Parameters.Add("@receipt", SqliteType.Text);
        var lap = await Lap.MeasureAsync(OneByOne, async () =>
        {
            for (var i = 1; i <= OneByOne; i++)
            {
                receipt.Value = await ConnectAndSendAsync(server, i);
                command.ExecuteNonQuery();
            }
        });
        await records.CloseAsync();
        folder.Delete(recursive: true);
        return lap;
    }

    private static async Task<string> ConnectAndSendAsync(PostfixServer server, int number)
    {
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(Letter.From));
        message.To.Add(MailboxAddress.Parse(Letter.Recipient(number)));
        message.Subject = Letter.Subject;
        message.Body = new TextPart("plain") { Text = Letter.Body(DeliveryBenchmark.UsualBytes) };
        using var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = server.Trusts };
        await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.StartTls);
        await client.AuthenticateAsync(new SaslMechanismOAuth2(Letter.From, server.Token));
        var receipt = await client.SendAsync(message);
        await client.DisconnectAsync(quit: true);
        return receipt;
    }

    /// <summary>A token at hand, as every program keeps one.</summary>
    private sealed class GivenToken(string token) : IAccessTokens
    {
        public Task<AccessToken> AcquireFreshAsync(NotificationSettings settings, TokenResource resource, CancellationToken ct) =>
            Task.FromResult(new AccessToken(new SecretText(token), TimeProvider.System.GetUtcNow().AddHours(1), null));
    }
}
