using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Web.Pages.Account;

public sealed class NewPasswordForm
{
    [Required(ErrorMessage = "Choose a password.")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Enter the password a second time.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords differ.")]
    public string? Repeated { get; set; }
}
