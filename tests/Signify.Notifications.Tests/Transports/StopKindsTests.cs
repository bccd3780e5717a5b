using Signify.Notifications.Findings;
using Signify.Notifications.Transports;

namespace Signify.Notifications.Tests.Transports;

public sealed class StopKindsTests
{
    [Fact]
    public void Every_finding_has_its_meaning_for_a_mailbox() =>
        Assert.All(Enum.GetValues<FindingCode>(), code => Assert.True(Enum.IsDefined(StopKinds.Of(code))));

    [Fact]
    public void A_finding_that_nobody_classified_is_not_guessed_at() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StopKinds.Of((FindingCode)9999));

    [Theory]
    [InlineData(FindingCode.EntraThrottled, StopKind.Throttled)]
    [InlineData(FindingCode.DailyLimit, StopKind.Quota)]
    [InlineData(FindingCode.EntraUnreachable, StopKind.Unreachable)]
    [InlineData(FindingCode.ConnectionRefused, StopKind.Unreachable)]
    [InlineData(FindingCode.SecretExpired, StopKind.Configuration)]
    [InlineData(FindingCode.TlsUntrusted, StopKind.Configuration)]
    [InlineData(FindingCode.SenderBlocked, StopKind.Blocked)]
    public void What_may_mend_by_itself_is_waited_for_and_what_a_person_must_mend_is_not(FindingCode code, StopKind expected) =>
        Assert.Equal(expected, StopKinds.Of(code));
}
