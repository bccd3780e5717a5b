namespace Signify.Notifications.Delivery.HandIn;

/// <summary>Why a recipient of a mailing was left out.</summary>
public static class LineCodes
{
    /// <summary>The line is not a JSON object with the properties of a recipient, or not a row of the table.</summary>
    public const string LineInvalid = "line-invalid";

    /// <summary>Longer than <see cref="HandInOptions.LineBytes"/>.</summary>
    public const string LineTooLong = "line-too-long";

    /// <summary>An address that cannot be sent to, or too many.</summary>
    public const string RecipientRejected = "recipient-rejected";

    /// <summary>The words use a field that this recipient lacks.</summary>
    public const string FieldMissing = "field-missing";

    /// <summary>The fields are not a JSON object, or larger than <see cref="HandInOptions.FieldsBytes"/>.</summary>
    public const string FieldsInvalid = "fields-invalid";

    /// <summary>An earlier line has the same address, in a mailing with <see cref="NewMailing.SkipDuplicates"/>.</summary>
    public const string Duplicate = "duplicate";
}
