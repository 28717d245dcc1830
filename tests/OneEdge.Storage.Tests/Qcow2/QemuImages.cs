using System.Diagnostics;

namespace OneEdge.Storage.Tests;

/// <summary>Images made and judged by the real qemu-img and qemu-io.</summary>
internal sealed class QemuImages(TemporaryDirectory directory)
{
    public string Directory => directory.Path;

    /// <summary>Runs qemu-img in the directory; it must succeed.</summary>
    public string Img(params string[] arguments) => Run(Tool.Require("qemu-img", "qemu-utils"), arguments, null);

    /// <summary>Runs commands of qemu-io on an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="mayFail">Whether some of them may fail: compressed data, for one, cannot be written over data.</param>
    public void Io(string image, IEnumerable<string> commands, bool mayFail = false) =>
        Run(Tool.Require("qemu-io", "qemu-utils"), ["-f", "qcow2", image], string.Join('\n', commands) + "\n", mayFail);

    private string Run(string program, IReadOnlyList<string> arguments, string? input, bool mayFail = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null) process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(mayFail || process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }
}
