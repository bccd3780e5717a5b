using System.Globalization;

namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>A real Postfix as it stands in many a company: relays for the local network without asking who, and offers STARTTLS with a certificate that nobody knows.</summary>
public static class PostfixRelay
{
    private const string Program = "/usr/sbin/postfix";

    // Service, type, private, unprivileged, chroot, wakeup, limit, program: Postfix's own list without what only local mail needs.
    private const string Services = """
        pickup     unix       n - n 60    1 pickup
        cleanup    unix       n - n -     0 cleanup
        qmgr       unix       n - n 300   1 qmgr
        tlsmgr     unix       - - n 1000? 1 tlsmgr
        rewrite    unix       - - n -     - trivial-rewrite
        bounce     unix       - - n -     0 bounce
        defer      unix       - - n -     0 bounce
        trace      unix       - - n -     0 bounce
        proxymap   unix       - - n -     - proxymap
        smtp       unix       - - n -     - smtp
        error      unix       - - n -     - error
        retry      unix       - - n -     - error
        anvil      unix       - - n -     1 anvil
        scache     unix       - - n -     1 scache
        postlog    unix-dgram n - n -     1 postlogd

        """;

    public static Task<Daemon> StartAsync(string folder, int port, LabCertificates.PemPair certificate, int sinkPort)
    {
        Daemon.Find(Program);
        Assert.True(Daemon.AsRoot, "Postfix starts as root only. Run ./test.sh as root, as the build server does.");
        var home = Directory.CreateDirectory(Path.Combine(folder, "postfix")).FullName;
        // The data folder it makes itself, with the owner it wants.
        Directory.CreateDirectory(Path.Combine(home, "queue"));
        File.WriteAllText(Path.Combine(home, "main.cf"), string.Create(CultureInfo.InvariantCulture, $"""
            compatibility_level = 3.6
            queue_directory = {home}/queue
            data_directory = {home}/data
            maillog_file = /dev/stdout
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = relay.lab.example
            mydestination =
            mynetworks = 127.0.0.0/8
            alias_maps =
            relayhost = [127.0.0.1]:{sinkPort}
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_tls_security_level = may
            smtpd_tls_chain_files = {certificate.Key}, {certificate.Certificate}

            """));
        File.WriteAllText(Path.Combine(home, "master.cf"), $"127.0.0.1:{port} inet n - n - - smtpd\n{Services}");
        return Daemon.StartAsync(home, port, [Program, "-c", home, "start-fg"], pidFile: Path.Combine(home, "queue", "pid", "master.pid"));
    }
}
