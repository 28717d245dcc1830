using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>What Augeas says of one shell file.</summary>
internal sealed record AugeasVerdict(int? ErrorLine, IReadOnlyList<(string Name, string Value)> Variables, IReadOnlySet<string> Exported, bool IsAmbiguous)
{
    public bool Accepts => ErrorLine is null;
}

/// <summary>Runs the stock lens Shellvars over many texts in one process.</summary>
internal static partial class AugeasJudge
{
    public static async Task<IReadOnlyList<AugeasVerdict>> JudgeAsync(IReadOnlyList<byte[]> texts, CancellationToken cancellationToken)
    {
        string augtool = Tool.Require("augtool", "augeas-tools");
        using var directory = new TemporaryDirectory();
        for (int i = 0; i < texts.Count; i++) directory.Write($"d/{i:D6}", texts[i]);
        string script = directory.Write(
            "script", "set /augeas/load/Shellvars/lens Shellvars.lns\nset /augeas/load/Shellvars/incl /d/*\nload\nprint /augeas//error\nprint /files\n");
        var start = new ProcessStartInfo(augtool) { RedirectStandardOutput = true, UseShellExecute = false, StandardOutputEncoding = Encoding.Latin1 };
        foreach (string argument in (string[])["--noautoload", "--noload", "--root", directory.Path, "--file", script]) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return Read(output, texts.Count);
    }

    private static AugeasVerdict[] Read(string output, int count)
    {
        int?[] errors = new int?[count];
        bool[] ambiguous = new bool[count];
        var variables = Enumerable.Range(0, count).Select(_ => new List<(string, string)>()).ToArray();
        var exported = Enumerable.Range(0, count).Select(_ => new HashSet<string>()).ToArray();
        foreach (string line in output.Split('\n'))
        {
            if (ErrorLine().Match(line) is { Success: true } error) errors[Number(error)] = int.Parse(error.Groups["line"].Value, CultureInfo.InvariantCulture);
            if (Ambiguity().Match(line) is { Success: true } doubt) ambiguous[Number(doubt)] = true;
            if (Listed().Match(line) is { Success: true } listed) exported[Number(listed)].Add(Unescape(listed.Groups["value"].Value));
            if (Export().Match(line) is { Success: true } export) exported[Number(export)].Add(Label(export));
            if (Array().Match(line) is { Success: true } array) variables[Number(array)][^1] = (Label(array), "(array)");
            if (Variable().Match(line) is { Success: true } variable && Label(variable)[0] is not ('@' or '#' or '.'))
                variables[Number(variable)].Add((Label(variable), Unescape(variable.Groups["value"].Value)));
        }

        return [.. Enumerable.Range(0, count).Select(i => new AugeasVerdict(errors[i], variables[i], exported[i], ambiguous[i]))];
    }

    private static int Number(Match match) => int.Parse(match.Groups["file"].Value, CultureInfo.InvariantCulture);

    private static string Label(Match match) => Occurrence().Replace(match.Groups["label"].Value, "").Replace("\\", "", StringComparison.Ordinal);

    private static string Unescape(string text) => Escape().Replace(text, m => m.Groups["char"].Value switch
    {
        "n" => "\n",
        "t" => "\t",
        "r" => "\r",
        "v" => "\v",
        "f" => "\f",
        "a" => "\a",
        "b" => "\b",
        { Length: 3 } octal => ((char)Convert.ToInt32(octal, 8)).ToString(),
        var c => c,
    });

    [GeneratedRegex("^/augeas/files/d/(?<file>\\d+)/error/line = \"(?<line>\\d+)\"$", RegexOptions.None, 1000)]
    private static partial Regex ErrorLine();

    [GeneratedRegex("^/augeas/files/d/(?<file>\\d+)/error/message = \"Ambiguous parse", RegexOptions.None, 1000)]
    private static partial Regex Ambiguity();

    [GeneratedRegex("^/files/d/(?<file>\\d+)/(?<label>[^/]+?)(?: = \"(?<value>.*)\")?$", RegexOptions.None, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("^/files/d/(?<file>\\d+)/(?<label>[^/@]+)/export$", RegexOptions.None, 1000)]
    private static partial Regex Export();

    [GeneratedRegex("^/files/d/(?<file>\\d+)/(?<label>[^/@.#]+)/1 = ", RegexOptions.None, 1000)]
    private static partial Regex Array();

    [GeneratedRegex("^/files/d/(?<file>\\d+)/@export(?:\\[\\d+\\])?/\\d+ = \"(?<value>.*)\"$", RegexOptions.None, 1000)]
    private static partial Regex Listed();

    [GeneratedRegex("(?<!\\\\)\\[\\d+\\]$", RegexOptions.None, 1000)]
    private static partial Regex Occurrence();

    [GeneratedRegex("\\\\(?<char>[0-7]{3}|.)", RegexOptions.Singleline, 1000)]
    private static partial Regex Escape();
}
