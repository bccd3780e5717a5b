using System.Net;
using Signify.Notifications.Alerts;

namespace Signify.Notifications.Tests.Alerts;

public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("https://alerts.contoso.com/hook?token=1")]
    [InlineData("https://8.8.8.8:8443/")]
    [InlineData("https://[2606:4700::1]/")]
    public void An_https_address_on_the_internet_may_be_called(string url) => Assert.Null(WebhookAddress.Fault(url, allowPrivate: false));

    [Theory]
    [InlineData("http://alerts.contoso.com/", "https")]
    [InlineData("ftp://alerts.contoso.com/", "not an address")]
    [InlineData("alerts.contoso.com", "not an address")]
    [InlineData("/hook", "not an address")]
    [InlineData("https://", "not an address")]
    [InlineData("https://user:secret@alerts.contoso.com/", "user name")]
    [InlineData("https://alerts.contoso.com/#x", "#")]
    [InlineData("http://127.0.0.1:5000/", "private network or on this machine")]
    [InlineData("https://localhost/", "private network or on this machine")]
    [InlineData("https://0x7f.1/", "private network or on this machine")]
    [InlineData("https://2130706433/", "private network or on this machine")]
    [InlineData("https://[::1]/", "private network or on this machine")]
    [InlineData("https://[::ffff:10.0.0.1]/", "private network or on this machine")]
    [InlineData("https://10.1.2.3/", "private network or on this machine")]
    [InlineData("https://192.168.1.1/", "private network or on this machine")]
    [InlineData("https://172.31.255.255/", "private network or on this machine")]
    [InlineData("https://[fd12::1]/", "private network or on this machine")]
    [InlineData("https://100.64.0.1/", "private network or on this machine")]
    [InlineData("https://[64:ff9b::10.0.0.1]/", "private network or on this machine")]
    public void What_must_not_be_called_is_said_why(string url, string why) =>
        Assert.Contains(why, WebhookAddress.Fault(url, allowPrivate: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:168.63.129.16")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.51.100.200")]
    [InlineData("203.0.113.7")]
    [InlineData("2001:db8::1")]
    [InlineData("192.88.99.1")]
    [InlineData("2001:0:a9fe:a9fe::1")]
    [InlineData("64:ff9b:1::a9fe:a9fe")]
    public void Metadata_and_reserved_addresses_stay_closed_even_where_private_networks_are_allowed(string address) =>
        Assert.NotNull(WebhookAddress.Refusal(IPAddress.Parse(address), allowPrivate: true));

    [Theory]
    [InlineData("http://127.0.0.1:5000/")]
    [InlineData("http://localhost:5000/")]
    [InlineData("https://10.1.2.3/")]
    public void Private_networks_and_plain_http_to_this_machine_are_the_operators_to_allow(string url) =>
        Assert.Null(WebhookAddress.Fault(url, allowPrivate: true));

    [Fact]
    public void Plain_http_goes_no_further_than_this_machine() =>
        Assert.Contains("https", WebhookAddress.Fault("http://10.1.2.3/", allowPrivate: true), StringComparison.Ordinal);
}
