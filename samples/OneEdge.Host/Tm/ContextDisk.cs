using System.Globalization;
using OneEdge.Commands;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tm;

/// <summary>The action <c>context</c>: an ISO image of some files becomes a disk of a virtual machine.</summary>
/// <remarks>As in the original the image is made on the front-end, below <c>.isofiles</c> of the datastores, by <c>genisoimage</c>.</remarks>
internal sealed class ContextDisk(TmPlace place)
{
    /// <summary>The name of the action.</summary>
    public const string Action = "context";

    private const string Program = "genisoimage";

    /// <summary>Makes the disk.</summary>
    /// <param name="words">The files, then the disk, the virtual machine and the datastore.</param>
    /// <param name="log">Hears what is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(IReadOnlyList<string> words, Action<string> log, CancellationToken cancellationToken)
    {
        if (words.Count < 4 || !int.TryParse(words[^2], NumberStyles.None, CultureInfo.InvariantCulture, out int vm))
            throw Malformed(string.Create(CultureInfo.InvariantCulture, $"context has {words.Count} arguments; expected FILE... DISK VM DATASTORE"));
        HostPath disk = HostPath.Parse(words[^3]);
        if (disk.DiskId is null) throw Malformed($"context needs a disk, a path with /disk. and its number, not '{disk}'");
        log($"Generating context block device at {disk}");
        string directory = string.Create(CultureInfo.InvariantCulture, $"{place.Settings.Layout().DatastoresDirectory}/.isofiles/{vm}");
        Remove(directory);
        try
        {
            string image = await MakeAsync(directory, [.. words.Take(words.Count - 3)], cancellationToken);
            await SendAsync(vm, image, disk, cancellationToken);
        }
        finally
        {
            Remove(directory);
        }
    }

    private static async Task<string> MakeAsync(string directory, string[] files, CancellationToken cancellationToken)
    {
        string content = directory + "/files";
        // What the context holds is for the owner alone.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(content);
        foreach (string file in files) await AddAsync(file, content, cancellationToken);
        string image = directory + "/context.iso";
        await RunAsync(Program, cancellationToken, "-quiet", "-o", image, "-V", "CONTEXT", "-J", "-R", content);
        return image;
    }

    private static async Task AddAsync(string file, string content, CancellationToken cancellationToken)
    {
        if (file.StartsWith("http://", StringComparison.Ordinal) || file.StartsWith("https://", StringComparison.Ordinal))
        {
            await DownloadAsync(new Uri(file), content, cancellationToken);
            return;
        }

        // A name behind the first colon is the one that the virtual machine sees.
        string[] parts = file.Split(':', 2);
        string name = parts.Length == 2 ? parts[1] : Path.GetFileName(parts[0].TrimEnd('/'));
        if (name is "" or "." or ".." || name.Contains('/', StringComparison.Ordinal)) throw Malformed($"'{name}' is no name of a file of the context");
        await RunAsync("cp", cancellationToken, "-R", "--", parts[0], $"{content}/{name}");
    }

    private static async Task DownloadAsync(Uri address, string content, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(Uri.UnescapeDataString(address.AbsolutePath));
        if (name is "" or "." or "..") throw Malformed($"'{address}' names no file");
        using var client = new HttpClient();
        await using Stream source = await client.GetStreamAsync(address, cancellationToken);
        await using FileStream target = File.Create($"{content}/{name}");
        await source.CopyToAsync(target, cancellationToken);
    }

    private async Task SendAsync(int vm, string image, HostPath disk, CancellationToken cancellationToken)
    {
        string frontEnd = place.Settings.FrontEnd;
        CopyRoute? route = disk.Host == frontEnd ? null : new CopyRoute(disk.Host, place.Settings.SshArguments);
        var plan = new TransferPlan
        {
            // The nearest of the actions: a disk that is made for this virtual machine alone.
            Action = TransferAction.MkImage,
            VmId = vm,
            Steps = [new MakeDirectoryStep(disk.Parent()), new CopyDiskStep(new HostPath(frontEnd, image), disk, route)],
            Subject = disk,
        };
        // The image is another one each time: what was done with a former one counts for nothing.
        await place.Journal.ForgetAsync(plan.Fingerprint(), cancellationToken);
        await foreach (TransferEvent _ in new TransferExecutor(place.Hosts, place.Settings, place.Journal).RunAsync(plan, cancellationToken))
        {
            // The steps say nothing that the log of a driver has.
        }
    }

    private static Task RunAsync(string program, CancellationToken cancellationToken, params string[] arguments) =>
        new CliWrapCommandRunner().RunAsync(new CommandSpec(program, arguments), cancellationToken);

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
    }

    private static OneEdgeException Malformed(string problem) => new(HostErrorCodes.NoTransferAction, problem + ".");
}
