using System.Text.Json;
using Signify.Notifications.Delivery;
using Signify.Notifications.Delivery.HandIn;

namespace Signify.Notifications.Web.Api;

/// <summary>Makes of JSON what is handed in. What is wrong is told by field; the rules about what it means are the queue's.</summary>
internal static class HandInBodyReader
{
    private static readonly (string, Priority)[] Priorities = [("urgent", Priority.Urgent), ("normal", Priority.Normal), ("low", Priority.Low)];

    private static readonly (string, OnDoubt)[] OnDoubts = [("resend", OnDoubt.Resend), ("hold", OnDoubt.Hold)];

    public static NewNotification Notification(JsonElement body, HandInOptions limits, ValidationErrors errors)
    {
        var fields = new JsonFields(body, errors, limits.BodyBytes);
        var notification = new NewNotification
        {
            To = fields.Text("to"),
            Cc = fields.Texts("cc", limits.Recipients),
            Subject = fields.Text("subject"),
            Text = fields.Text("text"),
            Html = fields.Text("html"),
            Attachments = Attachments(fields, limits, errors),
            Priority = fields.Choice("priority", Priority.Normal, Priorities),
            NotBefore = fields.Time("notBefore"),
            ExpiresAt = fields.Time("expiresAt"),
            OnDoubt = fields.Choice("onDoubt", OnDoubt.Resend, OnDoubts),
        };
        fields.NothingElse();
        return notification;
    }

    /// <param name="recipients">Those in the body; null reads a head, which has none.</param>
    public static NewMailing Mailing(JsonElement body, HandInOptions limits, ValidationErrors errors, List<JsonElement>? recipients)
    {
        var fields = new JsonFields(body, errors, limits.BodyBytes);
        recipients?.AddRange(fields.List("recipients", limits.JsonValues));
        var mailing = new NewMailing
        {
            Name = fields.Text("name"),
            Subject = fields.Text("subject"),
            Text = fields.Text("text"),
            Html = fields.Text("html"),
            Attachments = Attachments(fields, limits, errors),
            Priority = fields.Choice("priority", Priority.Normal, Priorities),
            NotBefore = fields.Time("notBefore"),
            ExpiresAt = fields.Time("expiresAt"),
            OnDoubt = fields.Choice("onDoubt", OnDoubt.Resend, OnDoubts),
        };
        fields.NothingElse();
        return mailing;
    }

    private static List<NewAttachment> Attachments(JsonFields fields, HandInOptions limits, ValidationErrors errors)
    {
        var attachments = new List<NewAttachment>();
        foreach (var element in fields.List("attachments", limits.Attachments))
        {
            var file = new JsonFields(element, errors, limits.BodyBytes, $"attachments[{attachments.Count}].");
            attachments.Add(new NewAttachment(file.Text("name"), file.Text("contentType"), file.Base64("content")));
            file.NothingElse();
        }

        return attachments;
    }
}
