using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Signify.Notifications.Delivery.Content;

namespace Signify.Notifications.Delivery.HandIn;

/// <summary>What would become of a mailing that is submitted: the same rules over the same list, a recipient at a time.</summary>
public sealed class MailingRehearsal(IOptions<HandInOptions> options, TimeProvider time)
{
    /// <param name="listed">How many of those that would be left out are told one by one.</param>
    public async Task<RehearsedMailing> RunAsync(NewMailing mailing, IAsyncEnumerable<NewRecipient> recipients, int listed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(recipients);
        var errors = Check(mailing, out var template);
        var rules = new RecipientRules(options.Value, template?.RequiredFields ?? [], mailing.SkipDuplicates);
        var (good, rejected, duplicates) = (0, new ListedRows(listed), new ListedRows(listed));
        await foreach (var recipient in recipients.WithCancellation(ct))
        {
            if (rules.TryRead(recipient, out _, out var fault))
            {
                good++;
            }
            else
            {
                (fault.Code == LineCodes.Duplicate ? duplicates : rejected).Add(recipient, fault);
            }
        }

        return new RehearsedMailing(
            errors.Any ? errors.ToRefused().Errors : new Dictionary<string, string[]>(),
            good, rejected.First, rejected.Total, duplicates.First, duplicates.Total);
    }

    /// <summary>All rows that would be left out, duplicates among them; read as they come.</summary>
    public async IAsyncEnumerable<RejectedRow> RejectedAsync(
        NewMailing mailing, IAsyncEnumerable<NewRecipient> recipients, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(recipients);
        _ = Check(mailing, out var template);
        var rules = new RecipientRules(options.Value, template?.RequiredFields ?? [], mailing.SkipDuplicates);
        await foreach (var recipient in recipients.WithCancellation(ct))
        {
            if (!rules.TryRead(recipient, out _, out var fault))
            {
                yield return RowOf(recipient, fault);
            }
        }
    }

    /// <summary>The n-th of those that would be sent to, counted from 1, and their message.</summary>
    /// <returns>Null when there are fewer, or when the words themselves are at fault.</returns>
    public async Task<RehearsedMessage?> MessageAsync(NewMailing mailing, IAsyncEnumerable<NewRecipient> recipients, int n, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(recipients);
        if (!MergeTemplate.TryParse(mailing.Subject ?? "", Body(mailing.Text), Body(mailing.Html), out var template, out _))
        {
            return null;
        }

        var rules = new RecipientRules(options.Value, template.RequiredFields, mailing.SkipDuplicates);
        await foreach (var recipient in recipients.WithCancellation(ct))
        {
            if (rules.TryRead(recipient, out _, out _) && --n == 0)
            {
                return Render(template, recipient, ct);
            }
        }

        return null;
    }

    private static RehearsedMessage Render(MergeTemplate template, NewRecipient recipient, CancellationToken ct)
    {
        try
        {
            return new RehearsedMessage(recipient.To!, template.Render(recipient.Fields, ct), Fault: null);
        }
        catch (TemplateException ex)
        {
            return new RehearsedMessage(recipient.To!, Rendered: null, ex.Message);
        }
    }

    private HandInErrors Check(NewMailing mailing, out MergeTemplate? template)
    {
        var (errors, rules) = (new HandInErrors(), new ContentRules(options.Value));
        ContentRules.CheckName(errors, mailing.Name);
        rules.Check(errors, mailing.Subject, mailing.Text, mailing.Html);
        rules.Check(errors, mailing.Attachments);
        ContentRules.CheckTimes(errors, mailing.NotBefore, mailing.ExpiresAt, time.GetUtcNow());
        if (!MergeTemplate.TryParse(mailing.Subject ?? "", Body(mailing.Text), Body(mailing.Html), out template, out var faults))
        {
            foreach (var fault in faults)
            {
                errors.Add(fault.Field, fault.ToString());
            }
        }

        return errors;
    }

    private static RejectedRow RowOf(in NewRecipient recipient, LineFault fault) =>
        new(new RejectedLine(recipient.Line, fault.Code, fault.Message, fault.Field), recipient.Row ?? []);

    private sealed class ListedRows(int most)
    {
        public List<RejectedRow> First { get; } = [];

        public long Total { get; private set; }

        public void Add(in NewRecipient recipient, LineFault fault)
        {
            if (++Total <= most)
            {
                First.Add(RowOf(recipient, fault));
            }
        }
    }

    private static string? Body(string? body) => string.IsNullOrEmpty(body) ? null : body;
}
