using System.Diagnostics;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Core.Tests.Text;

/// <summary>The real diff and patch, for comparison.</summary>
internal static class GnuTools
{
    public static byte[] Diff(TemporaryDirectory directory, byte[] old, byte[] newer, int context)
    {
        string program = Tool.Require("diff", "diffutils");
        string a = directory.Write("a", old);
        string b = directory.Write("b", newer);
        return Run(program, ["-a", "-d", $"-U{context}", "--label", "old", "--label", "new", a, b]).Output;
    }

    /// <summary>The patched bytes, or null when patch refuses.</summary>
    public static byte[]? Patch(TemporaryDirectory directory, byte[] text, byte[] diff)
    {
        string program = Tool.Require("patch", "patch");
        string file = directory.Write("file", text);
        string patch = directory.Write("patch", diff);
        int code = Run(program, ["-f", file, patch]).Code;
        byte[] result = File.Exists(file) ? File.ReadAllBytes(file) : [];
        return code == 0 ? result : null;
    }

    public static byte[] Bytes(string text) => SourceEncoding.GetBytes(text);

    private static (int Code, byte[] Output) Run(string program, string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        errors.GetAwaiter().GetResult();
        return (process.ExitCode, output.ToArray());
    }
}
