using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;

namespace OneEdge.Storage.Tests;

/// <summary>An image that qemu made, bytes of which a test changes, checked by qemu-img and by the library.</summary>
internal sealed class CheckedImage : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _qemuImg = Tool.Require("qemu-img", "qemu-utils");
    private readonly string _qemuIo = Tool.Require("qemu-io", "qemu-utils");

    public string File => _directory["img.qcow2"];

    public static CheckedImage Create(string options, string size, params string[] writes)
    {
        var image = new CheckedImage();
        image.Make("create", "-q", "-f", "qcow2", "-o", options, image.File, size);
        if (writes.Length > 0) image.Write(writes);
        return image;
    }

    /// <summary>Four clusters of 64 KiB: header, refcount table, refcount block, L1 and L2 table take one cluster each, data begins at 0x50000.</summary>
    public static CheckedImage Plain(string options = "compat=1.1") => Create(options, "4M", "write -P 1 0 192k", "write -P 2 1M 64k");

    /// <summary>The same, with the data of the guest in another file.</summary>
    public static CheckedImage WithDataFile()
    {
        var image = new CheckedImage();
        image.Make("create", "-q", "-f", "qcow2", "-o", "data_file=" + image._directory["img.data"], image.File, "4M");
        image.Write("write -P 1 0 192k");
        return image;
    }

    /// <summary>An image that is encrypted with LUKS.</summary>
    public static CheckedImage Encrypted(string secret)
    {
        const int Attempts = 50;
        var image = new CheckedImage();
        const string Options = "encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10";
        string[] arguments = ["create", "-q", "-f", "qcow2", "--object", $"secret,id=s,data={secret}", "-o", Options, image.File, "4M"];
        // On a busy machine qemu-img does not get the processor time that it measures ("Unable to get accurate CPU usage").
        for (int i = 0; i < Attempts; i++)
            if (Run(image._qemuImg, arguments).Exit == 0) return image;
        image.Make(arguments);
        return image;
    }

    /// <summary>Runs qemu-img, which may refuse.</summary>
    public void MakeIfPossible(params string[] arguments) => Run(_qemuImg, arguments);

    /// <summary>Runs qemu-img, which must succeed.</summary>
    public void Make(params string[] arguments)
    {
        (int exit, _, string error) = Run(_qemuImg, arguments);
        Assert.True(exit == 0, $"qemu-img {string.Join(' ', arguments)}: {error}");
    }

    /// <summary>Runs commands of qemu-io on the image.</summary>
    public void Write(params string[] commands)
    {
        (int exit, string output, string error) = Run(_qemuIo, ["-f", "qcow2", .. commands.SelectMany(command => new[] { "-c", command }), File]);
        Assert.True(exit == 0 && !output.Contains("failed", StringComparison.Ordinal), $"qemu-io {string.Join(' ', commands)}: {output}{error}");
    }

    /// <summary>The same, where qemu may refuse.</summary>
    public void TryWrite(string command) => Run(_qemuIo, ["-f", "qcow2", "-c", command, File]);

    public void Poke(long offset, params ReadOnlySpan<byte> bytes)
    {
        using FileStream stream = System.IO.File.OpenWrite(File);
        stream.Position = offset;
        stream.Write(bytes);
    }

    public void Poke64(long offset, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Poke(offset, bytes);
    }

    public ulong Peek64(long offset)
    {
        Span<byte> bytes = stackalloc byte[8];
        using FileStream stream = System.IO.File.OpenRead(File);
        stream.Position = offset;
        return stream.ReadAtLeast(bytes, 8, throwOnEndOfStream: false) == 8 ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
    }

    public void SetLength(long length)
    {
        using FileStream stream = System.IO.File.OpenWrite(File);
        stream.SetLength(length);
    }

    /// <summary>What the library says.</summary>
    public async Task<Qcow2CheckResult> Check(Qcow2Limits? limits = null)
    {
        var options = new Qcow2OpenOptions { Limits = limits ?? Qcow2Limits.Default };
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(File, options, TestContext.Current.CancellationToken);
        return await disk.CheckAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Whether <c>qemu-img info</c> opens the image.</summary>
    public bool QemuOpens() => Run(Tool.Require("qemu-img", "qemu-utils"), ["info", "-f", "qcow2", File]).Exit == 0;

    /// <summary>What qemu-img says: its exit code, and its counters if it prints any.</summary>
    public (int Exit, string? Json, string Error) Judge()
    {
        (int exit, string output, string error) = Run(_qemuImg, ["check", "-f", "qcow2", "--output=json", File]);
        return (exit, output.StartsWith('{') ? output : null, error);
    }

    /// <summary>The same of an encrypted image, which qemu-img wants to open.</summary>
    public (int Exit, string? Json, string Error) JudgeWithSecret(string secret)
    {
        string options = $"driver=qcow2,file.driver=file,file.filename={File},encrypt.key-secret=s";
        (int exit, string output, string error) = Run(_qemuImg, ["check", "--object", $"secret,id=s,data={secret}", "--image-opts", "--output=json", options]);
        return (exit, output.StartsWith('{') ? output.Replace(options, File, StringComparison.Ordinal) : null, error);
    }

    /// <summary>Checks the image with both and compares everything that qemu-img prints.</summary>
    public async Task<Qcow2CheckResult> CheckLikeQemu()
    {
        Qcow2CheckResult result = await Check();
        AssertSame(result, Judge());
        return result;
    }

    public static void AssertSame(Qcow2CheckResult result, (int Exit, string? Json, string Error) judge)
    {
        string found = string.Join('\n', result.Findings.Take(20));
        Assert.True(judge.Exit == (int)result.Kind, $"qemu-img came to {judge.Exit}, the library to {result.Kind}.\n{judge.Error}\n---\n{found}");
        if (judge.Json is null) return;
        using var expected = JsonDocument.Parse(judge.Json);
        JsonComparison.Equal(expected.RootElement, result.ToJson());
    }

    public void Dispose() => _directory.Dispose();

    private static (int Exit, string Output, string Error) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
