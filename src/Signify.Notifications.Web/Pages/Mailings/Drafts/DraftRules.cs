using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.HandIn;
using Signify.Notifications.Web.Pages.Mailings.New;

namespace Signify.Notifications.Web.Pages.Mailings.Drafts;

/// <summary>What is wrong with a draft, a sentence for each field of the form, in the order of the form.</summary>
public sealed class DraftRules(IOptions<HandInOptions> limits)
{
    private static readonly string[] Order =
        ["Recipients", "AddressColumn", "Name", "Subject", "Text", "Html", "Files", "NotBefore", "ExpiresAt"];

    public IReadOnlyDictionary<string, string> Judge(MailingDraft draft, MailingForm form, DraftOutlook outlook)
    {
        var found = new Dictionary<string, string>();
        foreach (var (field, messages) in outlook.Rehearsed.Errors)
        {
            found.TryAdd(FieldOf(field), Words(field, messages[0]));
        }

        found.AddIf(outlook.List.Choices.Count > 0 ? "AddressColumn" : "Recipients", outlook.List.Fault);
        found.AddIf("Recipients", outlook.List.Fault is null && outlook.Good == 0 ? NobodyFault(outlook) : null);
        found.AddIf("NotBefore", TypedTime.Parse(form.NotBefore, form.TimeZone).Error);
        found.AddIf("ExpiresAt", TypedTime.Parse(form.ExpiresAt, form.TimeZone).Error);
        found.AddIf("Files", FilesFault(draft));
        return Order.Where(found.ContainsKey).ToDictionary(field => field, field => found[field]);
    }

    private static string NobodyFault(DraftOutlook outlook)
    {
        if (outlook.Bad == 0)
        {
            return "There are no recipients yet: upload a list or paste one.";
        }

        var first = outlook.Rehearsed.Rejected[0].Reason;
        var has = first.Code != LineCodes.FieldMissing ? ""
            : outlook.List.Columns.Count == 0 ? " The list has addresses only."
            : $" The list has {string.Join(", ", outlook.List.Columns)}.";
        return $"None of the {outlook.Bad:N0} lines can be sent to. Line {first.Line}: {CheckModel.Reason(first)}{has}";
    }

    private string? FilesFault(MailingDraft draft) => draft.Attachments switch
    {
        { Count: var count } when count > limits.Value.Attachments => $"At most {limits.Value.Attachments} files go with a message; these are {count}.",
        var all when all.Sum(a => a.Bytes) is var bytes && bytes > limits.Value.AttachmentBytes =>
            $"All files together may have {Size.Of(limits.Value.AttachmentBytes)}; these have {Size.Of(bytes)}. Remove some.",
        _ => null,
    };

    private static string FieldOf(string field) => field switch
    {
        "name" => "Name",
        "subject" => "Subject",
        "text" => "Text",
        "html" => "Html",
        "notBefore" => "NotBefore",
        "expiresAt" => "ExpiresAt",
        _ => "Files",
    };

    /// <summary>The sentences of the API speak of its fields; a person sees a form.</summary>
    private static string Words(string field, string message) => (field, message) switch
    {
        ("name", _) when message.EndsWith("is missing.", StringComparison.Ordinal) => "Give the mailing a name.",
        ("subject", _) when message.EndsWith("is missing.", StringComparison.Ordinal) => "Write a subject.",
        ("text", _) when message.StartsWith("There is nothing", StringComparison.Ordinal) => "Write a text, or HTML, or both.",
        ("expiresAt", _) when message.Contains("notBefore", StringComparison.Ordinal) => "This is not after the time in “Not before”: it would expire before it is sent.",
        _ => message,
    };
}

internal static class FoundFaults
{
    public static void AddIf(this Dictionary<string, string> found, string field, string? fault)
    {
        if (fault is not null)
        {
            found[field] = fault;
        }
    }
}
