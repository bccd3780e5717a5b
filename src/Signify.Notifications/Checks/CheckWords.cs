using System.Globalization;
using Signify.Notifications.Words;

namespace Signify.Notifications.Checks;

/// <summary>What the steps of a check say of themselves, and why a route was chosen. What went wrong is in the table of causes.</summary>
internal static class CheckWords
{
    public static readonly WordFile File = new("Check");

    public static string FieldsFilled() => File.Get("fields-filled");

    public static string NotReached() => File.Get("not-reached");

    public static string Stopped() => File.Get("stopped");

    public static string SameAnswer() => File.Get("same-answer");

    public static string WithoutTokens() => File.Get("without-tokens");

    public static string WithoutCredentials() => File.Get("without-credentials");

    public static string NeedsExchangeToken() => File.Get("needs-exchange-token");

    public static string NeedsReadableToken() => File.Get("needs-readable-token");

    public static string TenantKnown(string tenant, string cloud) => File.Get("tenant-known", ("tenant", tenant), ("cloud", cloud));

    public static string TenantSilent(string host) => File.Get("tenant-silent", ("host", host));

    public static string Received() => File.Get("received");

    public static string ReceivedFor(string app) => File.Get("received-for", ("app", app));

    public static string HostIsAddress(string host) => File.Get("host-is-address", ("host", host));

    /// <param name="more">How many further addresses the name has.</param>
    public static string HostFound(string host, string address, int more) => more == 0
        ? File.Get("host-found", ("host", host), ("address", address))
        : File.Get("host-found-more", ("host", host), ("address", address), ("more", Number(more)));

    public static string Connected(string endpoint) => File.Get("connected", ("endpoint", endpoint));

    public static string NotEncrypted() => File.Get("not-encrypted");

    public static string Encrypted(string protocol) => File.Get("encrypted", ("protocol", protocol));

    public static string EncryptedUntil(string protocol, string day) => File.Get("encrypted-until", ("protocol", protocol), ("day", day));

    public static string Offered(string mechanisms) => File.Get("offered", ("mechanisms", mechanisms));

    public static string SignedIn() => File.Get("signed-in");

    public static string SignedInWithToken() => File.Get("signed-in-with-token");

    public static string SignedInByAssignment() => File.Get("signed-in-by-assignment");

    public static string SenderAccepted(string sender) => File.Get("sender-accepted", ("sender", sender));

    public static string SenderUnproved() => File.Get("sender-unproved");

    public static string Permissions(string smtp, string graph) => File.Get("permissions", ("smtp", smtp), ("graph", graph));

    public static string PermissionUnknown() => File.Get("permission-unknown");

    public static string PermissionGranted() => File.Get("permission-granted");

    public static string PermissionNotInEntra() => File.Get("permission-not-in-entra");

    public static string PermissionProved() => File.Get("permission-proved");

    public static string FieldsFirst() => File.Get("route-fields-first");

    public static string RelayWorks() => File.Get("route-relay");

    public static string RelayRefuses() => File.Get("route-relay-none");

    public static string NoRoute() => File.Get("route-none");

    public static string NoSmtpAsChosen() => File.Get("route-none-smtp");

    public static string NoGraphAsChosen() => File.Get("route-none-graph");

    public static string SmtpWorks() => File.Get("route-smtp");

    public static string SmtpAsChosen() => File.Get("route-smtp-chosen");

    public static string GraphAsChosen() => File.Get("route-graph-chosen");

    public static string GraphAsGuided() => File.Get("route-graph-guided");

    public static string GraphAsPortBlocked() => File.Get("route-graph-port-blocked");

    public static string GraphAsSmtpFails() => File.Get("route-graph-smtp-fails");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
