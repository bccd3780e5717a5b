using System.ComponentModel.DataAnnotations;

namespace Signify.Notifications.Web.Pages.Account;

public sealed class NewAccountForm
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    [StringLength(320, ErrorMessage = "This is longer than an e-mail address may be.")]
    public string? Email { get; set; }

    [Required(ErrorMessage = "Choose a password.")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Enter the password a second time.")]
    [Compare(nameof(Password), ErrorMessage = "The two passwords differ.")]
    public string? Repeated { get; set; }
}
