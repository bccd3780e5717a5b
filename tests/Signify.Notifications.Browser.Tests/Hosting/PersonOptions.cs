namespace Signify.Notifications.Browser.Tests.Hosting;

public sealed record PersonOptions
{
    public bool JavaScript { get; init; } = true;

    public bool Dark { get; init; }

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;
}
