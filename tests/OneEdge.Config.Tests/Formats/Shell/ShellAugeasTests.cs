using System.Text;
using CsCheck;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>The reader against the real lens.</summary>
public sealed class ShellAugeasTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reader_agrees_with_augeas_on_single_lines_and_pairs_of_lines()
    {
        byte[][] texts =
        [
            .. ShellSnippets.Lines.Select(l => ShellSnippets.Bytes(l + "\n")),
            .. ShellSnippets.Lines.Select(ShellSnippets.Bytes),
            .. ShellSnippets.Lines.Select((l, i) => ShellSnippets.Bytes($"{l}\n{ShellSnippets.Lines[(i * 7) % ShellSnippets.Lines.Length]}\n")),
        ];
        await AgreeAsync(texts);
    }

    [Fact]
    public async Task Reader_agrees_with_augeas_on_stock_files()
    {
        string[] names =
        [
            "kvmrc", "sshrc", "tmrc", "hmrc", "defaultrc", "guacd", "datastore.conf", "ceph.conf", "fs.conf", "http.conf", "fs_lvm.conf", "vmm_execrc",
        ];
        byte[][] texts = [.. RealFiles.Stock().Where(f => names.Contains(Path.GetFileName(f.File))).Select(f => File.ReadAllBytes(f.File))];
        Assert.NotEmpty(texts);
        await AgreeAsync(texts);
    }

    [Fact]
    public async Task Reader_agrees_with_augeas_on_random_texts()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("ONEEDGE_SHELL_SNIPPETS") ?? "1500", System.Globalization.CultureInfo.InvariantCulture);
        string[] texts = new string[count];
        int i = 0;
        ShellSnippets.Any.Sample(t => { int at = Interlocked.Increment(ref i) - 1; if (at < count) texts[at] = t; }, iter: count, threads: 1);
        await AgreeAsync([.. texts.Where(t => t is not null).Distinct().Select(ShellSnippets.Bytes)]);
    }

    private static async Task AgreeAsync(byte[][] texts)
    {
        List<string> differences = [];
        int accepted = 0, sameLine = 0, rejected = 0;
        foreach (byte[][] batch in texts.Where(t => !HasLenientLineEnd(t)).Chunk(1000))
        {
            IReadOnlyList<AugeasVerdict> verdicts = await AugeasJudge.JudgeAsync(batch, Cancellation);
            foreach ((byte[] text, AugeasVerdict verdict) in batch.Zip(verdicts))
            {
                if (Difference(text, verdict, out int? line) is { } difference)
                    differences.Add($"{Encoding.Latin1.GetString(text).Replace("\n", "\\n", StringComparison.Ordinal)} <- {difference}");
                if (verdict.Accepts) accepted++;
                else rejected++;
                if (!verdict.Accepts && line == verdict.ErrorLine) sameLine++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{texts.Length} texts: {accepted} accepted, {rejected} rejected, {sameLine} of these with the same line");
        Assert.True(differences.Count == 0, $"{differences.Count} differences, {accepted} accepted, {rejected} rejected, {sameLine} same "
            + $"line:\n{string.Join('\n', differences.OrderBy(d => d.Length).Take(40))}");
        Assert.True(sameLine >= rejected * 0.9, $"Only {sameLine} of {rejected} errors are on the line that Augeas names.");
    }

    // A carriage return before a line feed ends the line with it; that differs on purpose.
    private static bool HasLenientLineEnd(byte[] text) => text.AsSpan().IndexOf("\r\n"u8) >= 0 || text is [.., (byte)'\r'];

    private static string? Difference(byte[] text, AugeasVerdict verdict, out int? line)
    {
        bool accepts = ConfigFormat.Shell.TryParse(SourceText.FromBytes(text), out ConfigDocument? document, out IReadOnlyList<Diagnostic> diagnostics);
        line = diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error)?.Position?.Line;
        // The deviation: Augeas gives up where the end of a statement can belong to any of several commands ("a && b" before ";;", or ";;;").
        if (accepts && verdict.IsAmbiguous) return null;
        if (accepts != verdict.Accepts) return accepts ? $"accepted, Augeas: error in line {verdict.ErrorLine}" : $"rejected: {diagnostics[0]}";
        if (!accepts) return null;
        var shell = (OneEdge.Config.Formats.ShellDocument)document!;
        string[] ours =
        [
            .. shell.Statements.Where(s => s.Kind == OneEdge.Config.Formats.ShellStatementKind.Variable).Select(s => $"{s.Name}={Plain(s.Value, text)}"),
        ];
        string[] theirs = [.. verdict.Variables.Select(v => $"{v.Name}={v.Value}")];
        if (!ours.SequenceEqual(theirs)) return $"variables [{string.Join(", ", ours)}], Augeas [{string.Join(", ", theirs)}]";
        string[] exported = [.. shell.Variables.InOrder.Where(v => v.IsExported).Select(v => v.Name).Order()];
        string[] expected = [.. shell.Variables.InOrder.Select(v => v.Name).Where(verdict.Exported.Contains).Order()];
        return exported.SequenceEqual(expected) ? null : $"exported [{string.Join(", ", exported)}], Augeas [{string.Join(", ", expected)}]";
    }

    private static string Plain(TextSpan span, byte[] text)
    {
        string value = Encoding.Latin1.GetString(text, span.Start, span.Length);
        return value.StartsWith('(') && value.Trim('(', ')', ' ', '\t').Length > 0 ? "(array)" : value;
    }
}
