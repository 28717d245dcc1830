using Spectre.Console;
using PlainText = Spectre.Console.Text;

namespace OneEdge.Host.Cli;

/// <summary>Text for people: tables and colours on a terminal, plain stable lines everywhere else.</summary>
/// <param name="io">The outside.</param>
internal sealed class Screen(HostIo io)
{
    public void Line(string text) => io.Out.WriteLine(text);

    public void Heading(string text)
    {
        if (io.IsRich) Rich(io.Width).MarkupLineInterpolated($"[bold cyan]{Cell(text)}[/]");
        else io.Out.WriteLine(Cell(text));
    }

    /// <summary>A unified diff, as it is or coloured.</summary>
    public void Diff(string diff)
    {
        if (!io.IsRich)
        {
            io.Out.Write(diff);
            return;
        }

        IAnsiConsole console = Rich(width: int.MaxValue / 2);
        foreach (string line in diff.TrimEnd('\n').Split('\n'))
        {
            Style style = line switch
            {
                ['+', '+', '+', ' ', ..] or ['-', '-', '-', ' ', ..] => new Style(decoration: Decoration.Bold),
                ['@', '@', ..] => new Style(Color.Teal),
                ['+', ..] => new Style(Color.Green),
                ['-', ..] => new Style(Color.Maroon),
                _ => Style.Plain,
            };
            console.Write(new PlainText(line, style));
            io.Out.WriteLine();
        }
    }

    /// <summary>A table on a terminal; otherwise one line a row, the cells separated by tabs, without the headings.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!io.IsRich)
        {
            foreach (IReadOnlyList<string> row in rows) io.Out.WriteLine(string.Join('\t', row.Select(Cell)));
            return;
        }

        var bold = new Style(decoration: Decoration.Bold);
        Table table = new Table().RoundedBorder().AddColumns([.. headings.Select(h => new TableColumn(new PlainText(h, bold)))]);
        foreach (IReadOnlyList<string> row in rows) table.AddRow(row.Select(cell => new PlainText(Cell(cell))));
        Rich(io.Width).Write(table);
    }

    /// <summary>A text that stays in its cell: what others named may hold line ends, tabs and the controls of a terminal.</summary>
    public static string Cell(string text) => text.Any(char.IsControl)
        ? string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c))
        : text;

    /// <summary>Asks until one of the answers, or the end of the input, is given; <see langword="null"/> at the end.</summary>
    public string? Ask(string question, params ReadOnlySpan<string> answers)
    {
        while (true)
        {
            io.Out.Write($"{question} [{string.Join('/', answers)}] ");
            io.Out.Flush();
            if (io.In.ReadLine()?.Trim() is not { } given) return null;
            foreach (string answer in answers)
            {
                if (given.Length > 0 && answer.StartsWith(given, StringComparison.OrdinalIgnoreCase)) return answer;
            }
        }
    }

    private IAnsiConsole Rich(int width)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(io.Out),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = width;
        return console;
    }
}
