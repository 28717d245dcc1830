using System.CommandLine;
using System.Runtime.Versioning;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Tm;

/// <summary><c>oneedge tm install</c>: writes the folder of the driver.</summary>
internal static class InstallCommand
{
    private const string Driver = "ssh";
    private const string Program = "oneedge";

    public static HostCommand Create(HostIo io)
    {
        var options = new TmOptions();
        var directory = new Argument<string>("DIR") { Description = "The directory of all transfer drivers, tm of the remotes; scripts come to ssh in it." };
        var fallback = new Option<string?>("--fallback")
        {
            Description = "The original's scripts of the driver, moved away from DIR/ssh; best beside it, so that hosts get them too.",
            HelpName = "DIR",
        };
        var program = new Option<string?>("--program") { Description = "The program that scripts call; else this one.", HelpName = "FILE" };
        var probes = new Option<string?>("--probes")
        {
            Description = "Write the probe of recovery snapshots too, below this directory of probes: im/kvm-probes.d of the remotes.",
            HelpName = "DIR",
        };
        var force = new Option<bool>("--force") { Description = "Replace files of others too." };
        var command = new HostCommand(
            "install", "Writes the scripts that OpenNebula calls as its ssh driver; may be run again. Files of others are left alone: then nothing is written.",
            "tm install /var/lib/one/remotes/tm --fallback /var/lib/one/remotes/tm/ssh.orig",
            "tm install /var/lib/one/remotes/tm --probes /var/lib/one/remotes/im/kvm-probes.d");
        command.SetAction((parsed, cancellationToken) =>
        {
            if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Drivers of OpenNebula are scripts of a shell.");
            string drivers = FullPath(parsed.GetRequiredValue(directory));
            string name = parsed.GetValue(program) ?? ThisProgram();
            return new InstallRun(io, OutputOption.IsJson(parsed))
            {
                Drivers = drivers,
                Folder = $"{drivers}/{Driver}",
                Fallback = parsed.GetValue(fallback) is { } original ? FullPath(original) : null,
                Probes = parsed.GetValue(probes) is { } place ? FullPath(place) : null,
                Program = name,
                Command = [name, "tm", .. parsed.GetValue(options.Drivers) is null ? new[] { options.Drivers.Name, drivers } : [], .. options.Words(parsed)],
                IsForced = parsed.GetValue(force),
            }.RunAsync(cancellationToken);
        });
        return options.AddTo(command.With(directory, fallback, program, probes, force)).With(OutputOption.Create(), OutputOption.CreateShort());
    }

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    // Not the program that runs a library of this one.
    private static string ThisProgram() =>
        Environment.ProcessPath is { } path && Path.GetFileName(path) == Program ? path : Program;
}

/// <summary>One run of <c>oneedge tm install</c>.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class InstallRun(HostIo io, bool isJson)
{
    public required string Drivers { get; init; }

    public required string Folder { get; init; }

    public required string? Fallback { get; init; }

    public required string? Probes { get; init; }

    public required string Program { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public required bool IsForced { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> files = [.. DriverScripts.Driver(Command, await OriginalAsync(cancellationToken))
            .Select(script => new KeyValuePair<string, string>($"{Folder}/{script.Key}", script.Value))];
        if (Probes is not null) files.Add(new($"{Probes}/{DriverScripts.Probe}", DriverScripts.ProbeScript(Program)));
        IReadOnlyList<string> foreign = IsForced ? [] : await DriverFiles.ForeignAsync(files.Select(file => file.Key), cancellationToken);
        if (foreign.Count > 0) return new ErrorReport(io, isJson).Show([.. foreign.Select(Taken)]);
        List<(string File, bool IsWritten)> done = [];
        foreach ((string file, string text) in files) done.Add((file, await DriverFiles.WriteAsync(file, text, cancellationToken)));
        Report(done);
        return ExitCode.Done;
    }

    private async Task<(string Folder, IReadOnlySet<string> Names)?> OriginalAsync(CancellationToken cancellationToken)
    {
        if (Fallback is null) return null;
        if (!Directory.Exists(Fallback)) throw new DirectoryNotFoundException($"There is no directory '{Fallback}'.");
        HashSet<string> names = new(Directory.EnumerateFiles(Fallback).Select(file => Path.GetFileName(file)), StringComparer.Ordinal);
        string[] called = [.. DriverScripts.Left.Append(DriverScripts.Functions).Where(names.Contains).Select(name => $"{Fallback}/{name}")];
        IReadOnlyList<string> foreign = await DriverFiles.ForeignAsync(called, cancellationToken);
        if (Fallback == Folder || foreign.Count < called.Length)
            throw new OneEdgeException(HostErrorCodes.NoTransferAction, $"'{Fallback}' is a folder of this program, whose scripts would call themselves.");
        return (DriverScripts.FolderExpression(Drivers, Fallback), names);
    }

    private static Diagnostic Taken(string file) =>
        new(HostErrorCodes.ForeignFile, DiagnosticSeverity.Error, "This program did not write the file; nothing was written.")
        {
            File = file,
            Hint = "move it away, or replace it with --force",
        };

    private void Report(List<(string File, bool IsWritten)> done)
    {
        if (!isJson)
        {
            foreach ((string file, bool isWritten) in done) io.Out.WriteLine($"{(isWritten ? "written  " : "unchanged")} {file}");
            return;
        }

        JsonOutput.Write(io, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach ((string file, bool isWritten) in done)
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteBoolean("written", isWritten);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
