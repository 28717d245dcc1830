using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Upgrade;

/// <summary>What a user does to a configuration file with a text editor: works on lines and knows nothing of documents.</summary>
internal static partial class UserEdits
{
    /// <summary>A script of edits; each is a kind and a place.</summary>
    public static Gen<(int Kind, int Place, int Value)[]> Script { get; } = Gen.Select(Gen.Int[0, 11], Gen.Int[0, 1_000_000], Gen.Int[0, 5]).Array[1, 5];

    /// <summary>Applies a script; an edit after which the file cannot be read is left out.</summary>
    public static SourceText Run(ConfigFormat format, SourceText text, (int Kind, int Place, int Value)[] script)
    {
        SourceText all = script.Aggregate(text, (before, edit) => Edit(format, before, edit));
        if (format.TryParse(all, out _, out _)) return all;
        return script.Aggregate(text, (before, edit) => Edit(format, before, edit) is var after && format.TryParse(after, out _, out _) ? after : before);
    }

    private static SourceText Edit(ConfigFormat format, SourceText text, (int Kind, int Place, int Value) edit)
    {
        List<string> lines = [.. text.ToString().Split('\n')];
        Edit(format, lines, edit.Kind, edit.Place % lines.Count, edit.Value);
        return SourceText.From(string.Join('\n', lines), text.Name);
    }

    private static void Edit(ConfigFormat format, List<string> lines, int kind, int at, int value)
    {
        switch (kind)
        {
            case 0 or 1 or 2:
                SetValue(lines, NextAt(lines, at, Setting()), value);
                break;
            case 3:
                lines[NextAt(lines, at, Setting())] = "#" + lines[NextAt(lines, at, Setting())];
                break;
            case 4:
                lines.RemoveAt(NextAt(lines, at, Setting()));
                break;
            case 5:
                int commented = NextAt(lines, at, Commented());
                lines[commented] = Commented().Replace(lines[commented], "$1", 1);
                break;
            case 6 or 7:
                lines.InsertRange(Addition(format, value).Front ? 0 : lines.Count - 1, Addition(format, value).Lines);
                break;
            case 8:
                InsertItem(format, lines, at, value);
                break;
            case 9:
                lines.Insert(at, value > 2 ? "# mine" : "");
                break;
            case 10:
                lines[at] += value > 2 ? "  # mine" : "  ";
                break;
            default:
                ChangeLayout(format, lines, at);
                break;
        }
    }

    private static (bool Front, string[] Lines) Addition(ConfigFormat format, int value)
    {
        bool front = value % 2 == 0;
        if (format == ConfigFormat.Oned)
        {
            return value < 2 ? (front, ["MINE = \"1\""]) : value < 4
                ? (front, ["VM_RESTRICTED_ATTR = \"MINE/X\""])
                : (front, ["VM_MAD = [ NAME = \"mine\",", "    # mine", "    EXECUTABLE = \"one_mine\" ]"]);
        }

        if (format == ConfigFormat.Shell) return (front, [value < 2 ? "MINE=1" : value < 4 ? "export MINE='a b'" : "MINE=\"$HOME/x\" # mine"]);
        return (false, value < 2 ? [":mine: 1"] : value < 4 ? [":mine:", "  :a: [1, x]", "  :b: false"] : ["mine:", "- a", "- b"]);
    }

    // One more item of a list, one more value of an attribute, one more item in a section.
    private static void InsertItem(ConfigFormat format, List<string> lines, int at, int value)
    {
        if (format == ConfigFormat.Oned)
        {
            int line = NextAt(lines, at, SectionItem());
            lines.Insert(line, string.Create(CultureInfo.InvariantCulture, $"    MINE_{value} = \"{value}\","));
        }
        else if (format != ConfigFormat.Shell)
        {
            int line = NextAt(lines, at, ListItem());
            lines.Insert(line + (value % 2), ListItem().Match(lines[line]).Groups[1].Value + (value > 3 ? "" : ":") + "mine");
        }
    }

    private static void ChangeLayout(ConfigFormat format, List<string> lines, int at)
    {
        int line = NextAt(lines, at, Setting());
        if (format == ConfigFormat.Shell)
            lines[line] = lines[line].StartsWith("export ", StringComparison.Ordinal) ? lines[line][7..] : "export " + lines[line];
        else lines[line] = format == ConfigFormat.Oned ? lines[line].Replace("=", "  =  ", StringComparison.Ordinal) : lines[line]
            .Replace(": ", ":    ", StringComparison.Ordinal);
    }

    private static void SetValue(List<string> lines, int at, int value)
    {
        string[] values = ["7", "\"mine\"", "mine", "no", "3.5", "\"1\""];
        lines[at] = Setting().Replace(lines[at], m => m.Groups[1].Value + values[value] + m.Groups[3].Value, 1);
    }

    private static int NextAt(List<string> lines, int at, Regex what)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            if (what.IsMatch(lines[(at + i) % lines.Count])) return (at + i) % lines.Count;
        }

        return at;
    }

    // NAME = value, :name: value, NAME=value
    [GeneratedRegex("""^(\s*(?:export )?(?:- )?[\w:-]+(?:\s*=\s*|:\s+))("[^"\n]*"|[^\s,"#\[\]]+)(.*)$""")]
    private static partial Regex Setting();

    [GeneratedRegex("""^(\s*)#\s*(?=:?\w+(\s*=|:))""")]
    private static partial Regex Commented();

    [GeneratedRegex("""^\s+\w+\s*=.*,\s*$""")]
    private static partial Regex SectionItem();

    [GeneratedRegex("""^(\s*- )\S""")]
    private static partial Regex ListItem();
}
