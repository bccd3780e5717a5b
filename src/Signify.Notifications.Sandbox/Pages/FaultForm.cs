using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Signify.Notifications.Sandbox.Faults;

namespace Signify.Notifications.Sandbox.Pages;

/// <summary>A fault as somebody sets it on the page.</summary>
public sealed partial class FaultForm : IValidatableObject
{
    /// <summary>A name of <see cref="SmtpStage"/> or <see cref="HttpPlace"/>.</summary>
    public string Place { get; set; } = nameof(SmtpStage.EndOfData);

    public FaultDeed Deed { get; set; }

    /// <summary>To SMTP.</summary>
    [StringLength(2000, ErrorMessage = "A reply has at most 2,000 characters.")]
    public string? Reply { get; set; }

    /// <summary>To HTTP.</summary>
    [Range(200, 599, ErrorMessage = "An HTTP status is a number from 200 to 599.")]
    public int Status { get; set; } = 503;

    [StringLength(20_000, ErrorMessage = "A body has at most 20,000 characters.")]
    public string? Body { get; set; }

    [Range(0, 600, ErrorMessage = "The delay is 0 to 600 seconds.")]
    public double DelaySeconds { get; set; }

    /// <summary>Null: until it is taken away.</summary>
    [Range(1, 1_000_000, ErrorMessage = "How often is a number from 1 on, or empty.")]
    public int? Times { get; set; }

    [Range(1, 100, ErrorMessage = "The chance is 1 to 100 per cent.")]
    public int Percent { get; set; } = 100;

    public bool KeepMessage { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enum.TryParse<SmtpStage>(Place, out _) && !Enum.TryParse<HttpPlace>(Place, out _))
        {
            yield return new ValidationResult("Choose where it strikes.", [nameof(Place)]);
        }
        else if (Deed == FaultDeed.Answer && Enum.TryParse<SmtpStage>(Place, out _) && !ReplyLines().IsMatch(Reply ?? ""))
        {
            yield return new ValidationResult("An SMTP reply begins with three digits, such as 451 4.7.0 Temporary server error.", [nameof(Reply)]);
        }
    }

    public void Arm(SandboxFaults faults)
    {
        if (Enum.TryParse<SmtpStage>(Place, out var stage))
        {
            faults.Smtp(stage, ToSmtp(), Times, Percent);
        }
        else
        {
            faults.Http(Enum.Parse<HttpPlace>(Place), ToHttp(), Times, Percent);
        }
    }

    private SmtpFault ToSmtp() => new()
    {
        Reply = Deed == FaultDeed.Answer ? Reply!.Trim().ReplaceLineEndings("\r\n") : null,
        Drop = Deed == FaultDeed.HangUp,
        Stall = Deed == FaultDeed.SayNothing,
        Delay = TimeSpan.FromSeconds(DelaySeconds),
        KeepMessage = KeepMessage,
    };

    private HttpFault ToHttp() => new()
    {
        Status = Deed == FaultDeed.Answer ? Status : null,
        Body = Deed == FaultDeed.Answer ? Body ?? "" : "",
        ContentType = Body?.TrimStart().StartsWith('<') ?? false ? "text/html" : "application/json; charset=utf-8",
        Drop = Deed == FaultDeed.HangUp,
        Stall = Deed == FaultDeed.SayNothing,
        Delay = TimeSpan.FromSeconds(DelaySeconds),
        KeepMessage = KeepMessage,
    };

    [GeneratedRegex(@"^\s*[2-5]\d\d[ -].*", RegexOptions.Singleline)]
    private static partial Regex ReplyLines();
}
