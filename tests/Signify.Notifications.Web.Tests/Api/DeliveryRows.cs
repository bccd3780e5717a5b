using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Signify.Notifications.Delivery;
using Signify.Notifications.Persistence;
using Signify.Notifications.Web.Tests.Hosting;

namespace Signify.Notifications.Web.Tests.Api;

/// <summary>Mailings as a hand-in and a sender leave them.</summary>
internal static class DeliveryRows
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>In the mailbox of "Default", unless told otherwise.</summary>
    public static async Task<(long Mailing, long[] Notifications)> AddMailingAsync(this TestProgram program, NotificationState[] states, int mailbox = 1)
    {
        await using var db = program.NewContext();
        var now = TimeProvider.System.GetUtcNow();
        var mailing = new Mailing
        {
            MailboxId = mailbox,
            OfOne = false,
            Name = "Payslips",
            State = MailingState.Active,
            Priority = Priority.Normal,
            OnDoubt = OnDoubt.Hold,
            CreatedAt = now,
            CreatedBy = "anna",
            MessageIdSuffix = ".abc@contoso.com",
            Total = states.Length,
            Sent = states.Count(s => s == NotificationState.Sent),
            Failed = states.Count(s => s == NotificationState.Failed),
            InDoubt = states.Count(s => s == NotificationState.InDoubt),
        };
        db.Add(mailing);
        await db.SaveChangesAsync(Stop);
        db.Add(new MailingContent { MailingId = mailing.Id, Subject = "Your payslip", Text = "Hello", Merges = false });
        var rows = states.Select((s, i) => new Notification
        {
            MailboxId = mailbox,
            MailingId = mailing.Id,
            To = $"person{i}@contoso.com",
            State = s,
            Priority = Priority.Normal,
            Turn = i,
            DueAt = now,
            AcceptedAt = now,
        }).ToList();
        db.AddRange(rows);
        await db.SaveChangesAsync(Stop);
        return (mailing.Id, [.. rows.Select(r => r.Id)]);
    }

    public static NotificationsDbContext NewContext(this TestProgram program) =>
        program.Services.GetRequiredService<IDbContextFactory<NotificationsDbContext>>().CreateDbContext();
}
