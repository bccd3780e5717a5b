namespace Signify.Notifications.Web.Tests.Interop;

/// <summary>All tests here share one lab, and one after the other its program.</summary>
[CollectionDefinition(nameof(Lab))]
public sealed class TestsInLab : ICollectionFixture<Lab>;
