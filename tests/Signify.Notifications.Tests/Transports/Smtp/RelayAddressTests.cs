using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Signify.Notifications.Checks;
using Signify.Notifications.Findings;
using Signify.Notifications.Settings;
using Signify.Notifications.Tests.Hosting;
using Signify.Notifications.Tests.Network;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Transports.Smtp;

/// <summary>Where a Server Name may lead: judged at each connection, by the check and when sending.</summary>
[Trait(TestDatabase.Trait, TestDatabase.Sqlite)]
public sealed class RelayAddressTests
{
    private const string Host = "relay.contoso.test";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.10.20")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("255.255.255.255")]
    public void A_reserved_address_is_refused_whatever_the_configuration_allows(string address)
    {
        var rule = Rule(new RelayOptions { AllowPrivateNetworks = true, Hosts = { Host, "0.0.0.0/0", "::/0", address } });

        var refused = Assert.Throws<TransportUnavailableException>(() => rule.Permitted(Named(Host), [IPAddress.Parse(address)]));

        Assert.Equal("relay-address-reserved", refused.Findings[0].Cause);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("fd12::1")]
    [InlineData("::ffff:10.0.0.1")]
    public void A_private_address_is_refused_with_a_remedy_that_names_the_option(string address)
    {
        var refused = Assert.Throws<TransportUnavailableException>(() => Rule(new RelayOptions()).Permitted(Named(Host), [IPAddress.Parse(address)]));

        Assert.Equal(["relay-not-allowed/serverName"], refused.Findings.Marks());
        Assert.Contains($"add {Host} to Relays:Hosts", refused.Findings[0].Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(address, refused.ToString(), StringComparison.Ordinal);
        Assert.Single(Rule(new RelayOptions { AllowPrivateNetworks = true }).Permitted(Named(Host), [IPAddress.Parse(address)]));
    }

    [Theory]
    [InlineData("Relay.Contoso.test", "10.0.0.1", true)]
    [InlineData("relay.contoso.test.", "10.0.0.1", true)]
    [InlineData("contoso.test", "10.0.0.1", false)]
    [InlineData("10.0.0.0/24", "10.0.0.1", true)]
    [InlineData("10.0.0.0/24", "::ffff:10.0.0.1", true)]
    [InlineData("10.0.0.0/24", "10.0.1.1", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("fd12::/16", "fd12::7", true)]
    public void A_private_address_is_permitted_where_its_name_or_network_is_listed(string entry, string address, bool permitted)
    {
        var rule = Rule(new RelayOptions { Hosts = { entry } });

        var refusal = Record.Exception(() => rule.Permitted(Named(Host), [IPAddress.Parse(address)]));

        Assert.Equal(permitted, refusal is null);
    }

    [Theory]
    [InlineData(SettingsField.Cloud)]
    [InlineData(SettingsField.UseOwnSmtpDetails)]
    public void Hosts_of_the_operators_configuration_are_not_judged(string field)
    {
        var endpoint = new SmtpEndpoint(Host, 25, SmtpEncryption.None, field);

        Assert.Single(Rule(new RelayOptions()).Permitted(endpoint, [IPAddress.Parse("10.0.0.1")]));
    }

    [Theory]
    [InlineData("relay contoso")]
    [InlineData("10.0.0.0/40")]
    [InlineData("")]
    public void An_entry_that_is_neither_a_name_nor_a_network_is_refused_at_the_start(string entry)
    {
        var options = new RelayOptions { Hosts = { entry } };

        var wrong = Assert.Single(options.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(options)));

        Assert.StartsWith("Relays:Hosts has", wrong.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_and_sending_connect_to_no_private_address()
    {
        var script = new ScriptedAddresses("10.0.0.1", "127.0.0.1", "169.254.169.254");
        await using var lab = await StartAsync(script);

        var report = await lab.CheckAsync(Relay(lab));
        var failed = await Assert.ThrowsAsync<TransportUnavailableException>(() => lab.OpenAsync(input: Relay(lab)));

        Assert.Equal(["relay-not-allowed/serverName"], report.Step(StepName.NameLookup).Findings.Marks());
        Assert.Null(report.Step(StepName.NameLookup).Evidence);
        Assert.Equal(["relay-not-allowed/serverName"], failed.Findings.Marks());
        Assert.Empty(script.Tried);
    }

    [Fact]
    public async Task Of_public_and_private_addresses_the_public_ones_are_connected_to()
    {
        var script = new ScriptedAddresses("fd00::1", "10.0.0.1", "8.8.8.7", "127.0.0.1", "::ffff:192.168.0.1");
        await using var lab = await StartAsync(script);

        await lab.CheckAsync(Relay(lab));

        Assert.Equal(["8.8.8.7"], script.Tried);
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_at_the_next_connection_is_judged_again()
    {
        var script = new ScriptedAddresses("8.8.8.7");
        await using var dialogue = new SmtpDialogue(
            Named(Host), new(null, false), TimeSpan.FromSeconds(5), script.Connector(), Rule(new RelayOptions()));

        var refused = await Assert.ThrowsAsync<TransportUnavailableException>(() => dialogue.ConnectAsync([IPAddress.Parse("10.0.0.1")], Ct));

        Assert.Equal(["relay-not-allowed/serverName"], refused.Findings.Marks());
        Assert.Empty(script.Tried);
    }

    private static RelayAddresses Rule(RelayOptions options) => new(Options.Create(options));

    private static SmtpEndpoint Named(string host) => new(host, 25, SmtpEncryption.None, SettingsField.ServerName);

    private static SettingsInput Relay(Lab lab) => lab.Input with { ServerName = Host, Port = "25", CredentialsRequired = false };

    private static Task<Lab> StartAsync(ScriptedAddresses addresses) => Lab.StartAsync(
        configuration: new Dictionary<string, string?> { ["Relays:Hosts:0"] = "another.contoso.test" },
        more: services => services.AddSingleton(addresses.Connector()));
}
