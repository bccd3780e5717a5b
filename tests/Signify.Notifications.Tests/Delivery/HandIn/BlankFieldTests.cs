using System.Text.Json;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.Content;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Tests.Delivery.HandIn;

/// <summary>A merge field without a visible value leaves a gap in the message, as a missing one does.</summary>
public sealed class BlankFieldTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\r\n")]
    [InlineData("\u00A0")]
    [InlineData("\u200B\uFEFF")]
    [InlineData(" \u2007\u202F")]
    public void A_blank_value_is_reported_like_a_missing_one(string value)
    {
        var fault = Read("Dear {{ first_name }}", JsonSerializer.Serialize(new { first_name = value }));

        Assert.Equal((LineCodes.FieldMissing, "first_name"), (fault?.Code, fault?.Field));
        Assert.Contains("is empty", fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dear {{ first_name | default: 'colleague' }}", "")]
    [InlineData("Dear {% if first_name != '' %}{{ first_name }}{% else %}colleague{% endif %}", "")]
    [InlineData("Dear {{ first_name }}", "0")]
    [InlineData("Dear {{ first_name }}", "-")]
    [InlineData("Dear colleague{{ '' }}", "")]
    public void Where_the_template_covers_it_or_there_is_a_value_the_recipient_is_accepted(string text, string value) =>
        Assert.Null(Read(text, JsonSerializer.Serialize(new { first_name = value })));

    private static LineFault? Read(string text, string fields)
    {
        Assert.True(MergeTemplate.TryParse("Hello", text, null, out var template, out _));
        var rules = new RecipientRules(new HandInOptions(), template.RequiredFields, skipDuplicates: false);
        return rules.TryRead(new NewRecipient(1, "anna@contoso.com") { Fields = fields }, out _, out var fault) ? null : fault;
    }
}
