using System.Diagnostics;
using OneEdge.Config.Formats;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Yaml;

/// <summary>Ruby's own reader as the judge, and values in one comparable form.</summary>
internal static class Psych
{
    /// <summary>What Psych makes of each text, in the form of <see cref="Dump"/>; <c>E message</c> when it refuses.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyCollection<byte[]> texts)
    {
        string ruby = Tool.Require("ruby", "ruby");
        string script = Path.Combine(RepositoryRoot.Path, "tests", "OneEdge.Config.Tests", "Formats", "Yaml", "psych.rb");
        using var process =
            Process.Start(new ProcessStartInfo(ruby, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        Task<string> answers = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (byte[] text in texts) process.StandardInput.WriteLine(Convert.ToBase64String(text));
        process.StandardInput.Close();
        string[] lines = answers.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(texts.Count, lines.Length);
        return lines;
    }

    /// <summary>What this library makes of a text.</summary>
    public static string ReadHere(byte[] text)
    {
        YamlTree? tree = YamlReader.Read(SourceText.FromBytes(text), ConfigLimits.Default, out IReadOnlyList<Diagnostic> diagnostics);
        return tree is null ? "E " + diagnostics[0].Message : Dump(tree.Root?.Value ?? ConfigValue.Null);
    }

    public static string Dump(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Null => "n",
        ConfigValueKind.Boolean => value.AsBoolean() ? "t" : "f",
        ConfigValueKind.Integer => "i" + value,
        ConfigValueKind.Float => double.IsNaN(value.AsDouble()) ? "dnan" : "d" + BitConverter.DoubleToUInt64Bits(value.AsDouble()).ToString("x16", null),
        ConfigValueKind.String => "s" + Convert.ToHexStringLower(SourceEncoding.GetBytes(value.AsString())),
        ConfigValueKind.Symbol => "y" + Convert.ToHexStringLower(SourceEncoding.GetBytes(value.AsString())),
        ConfigValueKind.Array => $"[{string.Join(' ', value.Items.Select(Dump))}]",
        _ => $"{{{string.Join(' ', value.Members.Select(m => $"{Dump(m.Key)}={Dump(m.Value)}"))}}}",
    };

    /// <summary>Asserts that both readers agree on every text: refused by both, or the same data.</summary>
    public static void AssertAgrees(IReadOnlyList<byte[]> texts)
    {
        IReadOnlyList<string> answers = Read(texts);
        for (int i = 0; i < texts.Count; i++)
        {
            string here = ReadHere(texts[i]);
            bool agree = here == answers[i] || (here.StartsWith("E ", StringComparison.Ordinal) && answers[i].StartsWith("E ", StringComparison.Ordinal));
            Assert.True(agree, $"{SourceEncoding.GetString(texts[i])}\nhere: {here}\nPsych: {answers[i]}");
        }
    }
}
