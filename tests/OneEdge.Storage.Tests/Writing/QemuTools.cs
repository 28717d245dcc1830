using System.Diagnostics;
using System.Text.Json;

namespace OneEdge.Storage.Tests;

/// <summary>The real qemu-img and qemu-io as judges.</summary>
internal static class QemuTools
{
    private const string Package = "qemu-utils";

    public static string ImgPath => Tool.Require("qemu-img", Package);

    public static string IoPath => Tool.Require("qemu-io", Package);

    /// <summary>Runs qemu-img, which must succeed.</summary>
    /// <returns>What it wrote.</returns>
    public static string Img(params string[] arguments) => Succeed(ImgPath, arguments);

    /// <summary>Runs commands of qemu-io over an image, all of which must succeed.</summary>
    public static string Io(string image, params string[] commands) =>
        Succeed(IoPath, ["-f", "qcow2", .. commands.SelectMany(command => (string[])["-c", command]), image]);

    public static (int ExitCode, string Output, string Error) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Fails unless qemu-img finds nothing wrong in an image.</summary>
    public static void AssertClean(string image) => Img("check", "-q", "-f", "qcow2", image);

    /// <summary>Fails unless two images show their guests the same.</summary>
    public static void AssertSameContent(string one, string other, string format = "qcow2", string otherFormat = "qcow2")
    {
        Assert.Equal(Info(one, format).GetProperty("virtual-size").GetInt64(), Info(other, otherFormat).GetProperty("virtual-size").GetInt64());
        Img("compare", "-q", "-f", format, "-F", otherFormat, one, other);
    }

    public static JsonElement Info(string image, string format = "qcow2") => JsonDocument.Parse(Img("info", "-f", format, "--output=json", image)).RootElement;

    /// <summary>How many clusters of an image hold data.</summary>
    public static int AllocatedClusters(string image) =>
        JsonDocument.Parse(Img("check", "-f", "qcow2", "--output=json", image)).RootElement.GetProperty("allocated-clusters").GetInt32();

    /// <summary>An option of a command, or nothing for an empty value.</summary>
    public static string[] Option(string name, string? value) => value is { Length: > 0 } ? [name, value] : [];

    private static string Succeed(string program, params string[] arguments)
    {
        (int exitCode, string output, string error) = Run(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {exitCode}\n{error}{output}");
        return output;
    }
}
