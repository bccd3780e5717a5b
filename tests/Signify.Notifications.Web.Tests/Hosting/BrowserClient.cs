using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Signify.Notifications.Web.Tests.Hosting;

/// <summary>What a browser without JavaScript does: keeps cookies, follows redirects, fills in forms and sends them with all their fields.</summary>
public sealed class BrowserClient(HttpClient http)
{
    /// <summary>For requests that no form makes.</summary>
    public HttpClient Http => http;

    public async Task<BrowserPage> GetAsync(string address) =>
        await BrowserPage.ReadAsync(await http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), Stop));

    /// <summary>Opens a one-time link and pastes it, as a user without JavaScript does.</summary>
    public async Task<BrowserPage> OpenLinkAsync(string link) => await SubmitAsync(await GetAsync(link), "#link-code", ("Token", link));

    /// <param name="form">A CSS selector of the form or of anything in it, such as its button.</param>
    public async Task<BrowserPage> SubmitAsync(BrowserPage page, string form, params (string Name, string Value)[] values)
    {
        var found = page.Find(form);
        var element = found as IHtmlFormElement ?? found.Closest("form") as IHtmlFormElement
            ?? throw new InvalidOperationException($"{form} is in no form.");
        var fields = Fields(element, found).Where(f => values.All(v => v.Name != f.Key))
            .Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        var action = new Uri(page.Address, element.GetAttribute("action") is { Length: > 0 } given ? given : page.Address.PathAndQuery);
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", page.Address.GetLeftPart(UriPartial.Authority));
        return await BrowserPage.ReadAsync(await http.SendAsync(request, Stop));
    }

    /// <summary>The same with files: a form that is sent in parts.</summary>
    public async Task<BrowserPage> UploadAsync(BrowserPage page, string form, (string Name, byte[] Content)[] files, params (string Name, string Value)[] values)
    {
        var element = (IHtmlFormElement)page.Find(form);
        Assert.Equal("multipart/form-data", element.GetAttribute("enctype"));
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(element, element).Where(f => values.All(v => v.Name != f.Key)).Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value))))
        {
            body.Add(new StringContent(value), name);
        }

        foreach (var (name, content) in files)
        {
            body.Add(new ByteArrayContent(content), name, "chosen.file");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, element.GetAttribute("action")!)) { Content = body };
        request.Headers.Add("Origin", page.Address.GetLeftPart(UriPartial.Authority));
        return await BrowserPage.ReadAsync(await http.SendAsync(request, Stop));
    }

    public async Task<BrowserPage> SignInAsync(string email, string password, string address = "/account/signin")
    {
        var page = await GetAsync(address);
        return await SubmitAsync(page, "#sign-in", ("Email", email), ("Password", password));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form, IElement pressed)
    {
        foreach (var element in form.QuerySelectorAll("[name]:not([disabled])"))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box when box.IsChecked:
                    yield return KeyValuePair.Create(name, box.GetAttribute("value") ?? "on");
                    break;
                case IHtmlInputElement input when input.Type is not ("checkbox" or "radio" or "submit" or "button" or "file"):
                    yield return KeyValuePair.Create(name, input.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return KeyValuePair.Create(name, select.Value ?? "");
                    break;
                case IHtmlTextAreaElement area:
                    yield return KeyValuePair.Create(name, area.Value);
                    break;
                case IHtmlButtonElement button when ReferenceEquals(button, pressed):
                    yield return KeyValuePair.Create(name, button.Value);
                    break;
                default:
                    break;
            }
        }
    }
}
