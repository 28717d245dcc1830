using System.Globalization;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Demo;

/// <summary>Tells the steps of the demo as they are done, or as JSON at its end.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether JSON is wanted.</param>
internal sealed class DemoStory(HostIo io, bool isJson)
{
    private readonly Screen _screen = new(io);
    private readonly List<(string Chapter, string Step, string? Shown)> _steps = [];
    private string _chapter = "";

    public void Chapter(string title)
    {
        _chapter = title;
        if (!isJson) _screen.Heading(title);
    }

    /// <summary>One line that says what was just done.</summary>
    public void Step(string text) => Add(text, shown: null, static (_, _) => { });

    /// <summary>A step and a difference of texts.</summary>
    public void Diff(string text, string diff) => Add(text, diff, static (screen, shown) => screen.Diff(shown));

    /// <summary>A step and lines of text.</summary>
    public void Lines(string text, string lines) => Add(text, lines, static (screen, shown) =>
    {
        foreach (string line in shown.Split('\n')) screen.Line("   " + line);
    });

    public void End(string text)
    {
        if (!isJson) _screen.Line(text);
        else JsonOutput.Write(io, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("steps");
            foreach ((string chapter, string step, string? shown) in _steps)
            {
                json.WriteStartObject();
                json.WriteString("chapter", chapter);
                json.WriteString("step", step);
                json.WriteString("shown", shown);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private void Add(string text, string? shown, Action<Screen, string> show)
    {
        _steps.Add((_chapter, text, shown));
        if (isJson) return;
        _screen.Heading(string.Create(CultureInfo.InvariantCulture, $"{_steps.Count}. {text}"));
        if (shown is not null) show(_screen, shown);
        io.Out.Flush();
    }
}
