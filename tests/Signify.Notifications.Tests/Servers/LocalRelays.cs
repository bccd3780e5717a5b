using Microsoft.Extensions.Options;
using Signify.Notifications.Transports.Smtp;

namespace Signify.Notifications.Tests.Servers;

/// <summary>The rule about relays as tests need it: theirs are on this machine.</summary>
internal static class LocalRelays
{
    public static RelayAddresses Allowed { get; } = new(Options.Create(new RelayOptions { Hosts = { "127.0.0.0/8" } }));
}
