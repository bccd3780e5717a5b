using Signify.Notifications.Microsoft365;
using Signify.Notifications.RepairKit;
using Signify.Notifications.Settings;

namespace Signify.Notifications.Tests.RepairKit;

public sealed class NetworkNoteTests
{
    [Theory]
    [InlineData(RouteChoice.Automatic, "login.microsoftonline.us:TCP 443 graph.microsoft.us:TCP 443 smtp.office365.us:TCP 587")]
    [InlineData(RouteChoice.Smtp, "login.microsoftonline.us:TCP 443 smtp.office365.us:TCP 587")]
    [InlineData(RouteChoice.Graph, "login.microsoftonline.us:TCP 443 graph.microsoft.us:TCP 443")]
    public void It_asks_for_what_the_cloud_and_the_route_need_and_no_more(RouteChoice route, string expected)
    {
        var note = NetworkNote.For(Facts.Clouds.Find("GccHigh")!, route, 587);

        Assert.Equal(expected, string.Join(' ', note.Rules.Where(r => r.Required && r.Port != "TCP 80").Select(r => $"{r.Host}:{r.Port}")));
        Assert.Equal(route != RouteChoice.Graph, note.Remarks.Any(r => r.Contains("HTTP proxy", StringComparison.Ordinal)));
    }

    [Fact]
    public void Port_80_is_asked_for_only_where_revocation_is_looked_at()
    {
        var cloud = Facts.Clouds.Find("Worldwide")!;

        Assert.Contains(NetworkNote.For(cloud, RouteChoice.Automatic, 587).Rules, r => r.Port == "TCP 80");
        Assert.DoesNotContain(NetworkNote.For(cloud with { CheckRevocation = false }, RouteChoice.Automatic, 587).Rules, r => r.Port == "TCP 80");
    }

    [Fact]
    public void A_name_that_somebody_typed_stays_in_its_cell()
    {
        var row = NetworkNote.For("mail|server\n| x", 25).ToText().Split('\n').Single(l => l.Contains("TCP 25", StringComparison.Ordinal));

        Assert.StartsWith("| mail\\|server\\| x | TCP 25 |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_into_the_portal_need_the_IDs_they_are_made_of()
    {
        var cloud = Facts.Clouds.Find("China")!;

        Assert.Equal($"https://portal.azure.cn/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId/{Facts.Client}", Portal.AppPage(cloud, Portal.Permissions, Facts.Client).AbsoluteUri);
        Assert.EndsWith("/ApplicationsListBlade", Portal.AppPage(cloud, Portal.Permissions, null).AbsoluteUri, StringComparison.Ordinal);
        Assert.Null(Portal.EnterpriseApp(cloud, null, Facts.Client));
        Assert.EndsWith($"/objectId/{Facts.Object}/appId/{Facts.Client}", Portal.EnterpriseApp(cloud, Facts.Object, Facts.Client)!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal($"https://login.partner.microsoftonline.cn/contoso.cn/adminconsent?client_id={Facts.Client}", Portal.AdminConsent(cloud, "contoso.cn", Facts.Client)!.AbsoluteUri);
        Assert.Equal($"https://login.partner.microsoftonline.cn/x%2F..%2Fy%3Fz/adminconsent?client_id={Facts.Client}", Portal.AdminConsent(cloud, "x/../y?z", Facts.Client)!.AbsoluteUri);
    }
}
