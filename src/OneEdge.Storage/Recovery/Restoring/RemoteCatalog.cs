using System.Buffers;
using System.Globalization;
using System.Text;
using OneEdge.Commands;

namespace OneEdge.Storage.Recovery;

/// <summary>A store that scripts read on a host.</summary>
internal sealed class RemoteCatalog(IRemoteHost host, string root) : IRecoveryCatalog
{
    private const int DigestDigits = 64;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public async Task<IReadOnlyList<(int Vm, int Disk)>> DisksAsync(int? vmId, CancellationToken cancellationToken)
    {
        string vm = vmId?.ToString(CultureInfo.InvariantCulture) ?? "";
        string[] lines = await AskAsync(new HostScript("list-disks", CatalogScripts.Disks, root, vm), cancellationToken).ConfigureAwait(false);
        // Any other name is left alone, as here.
        return [.. lines.Select(StoreNames.PlaceOf).OfType<(int Vm, int Disk)>().Where(place => vmId is null || place.Vm == vmId).Distinct().Order()];
    }

    public async Task<IReadOnlyList<RecoveryChain>> CandidatesAsync(int vm, int disk, CancellationToken cancellationToken)
    {
        DiskFiles files = DiskFiles.In(DatastoreLayout.VmDirectory(root, vm), disk);
        var script = new HostScript("list-chains", CatalogScripts.Chains, files.Directory, files.Name);
        string[] lines = await AskAsync(script, cancellationToken).ConfigureAwait(false);
        try
        {
            return ChainLines.Parse(lines, vm, disk, files);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Malformed(script, e.Message, e);
        }
    }

    public async Task<RecoveryChain> OpenAsync(RecoveryChain chain, CancellationToken cancellationToken)
    {
        // The header was read before; here are the tables.
        var script = new HostScript("check-chain", CatalogScripts.Check, chain.Files.Overlay, chain.Files.Base);
        string[] lines = await AskAsync(script, cancellationToken).ConfigureAwait(false);
        if (lines.Length != 2) throw Malformed(script, "there are not two results.");
        foreach (string line in lines)
        {
            if (ProblemOf(line, script) is { } problem) return chain with { Problem = problem };
        }

        return chain;
    }

    public async Task<RecoveryChain> ReadAsync(RecoveryChain chain, CancellationToken cancellationToken)
    {
        var script = new HostScript("digest-chain", CatalogScripts.Digests, chain.Files.Overlay, chain.Files.Base);
        string[] lines;
        try
        {
            lines = await AskAsync(script, cancellationToken).ConfigureAwait(false);
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostCommand)
        {
            return chain with { Problem = $"it cannot be read: {e.ErrorText.Trim()}" };
        }

        if (lines.Length != 2 || !lines.All(line => line.Length == 7 + DigestDigits && line.StartsWith("sha256 ", StringComparison.Ordinal)
            && line.AsSpan(7).IndexOfAnyExcept(HexDigits) < 0)) throw Malformed(script, "there are not two digests.");
        return chain.Compare(lines[0][7..], lines[1][7..]);
    }

    private string? ProblemOf(string line, HostScript script)
    {
        string[] words = line.Split(' ');
        if (words.Length != 3 || words[0] != "check" || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            throw Malformed(script, "a result is none.");
        // 3: only clusters that nobody uses.
        if (code is 0 or 3) return null;
        if (code == 127) return $"host '{host.Name}' has no qemu-img to check it.";
        byte[] text = new byte[words[2].Length];
        if (!Convert.TryFromBase64String(words[2], text, out int length)) throw Malformed(script, "a result is none.");
        return $"qemu-img check ends with {code}: {Replicas.PlanText.OneLine(Encoding.UTF8.GetString(text, 0, length))}";
    }

    private async Task<string[]> AskAsync(HostScript script, CancellationToken cancellationToken)
    {
        CommandResult result = await host.RunAsync(script, cancellationToken).ConfigureAwait(false);
        if (result.IsOutputTruncated) throw Malformed(script, "it is too long.");
        return result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private StorageException Malformed(HostScript script, string problem, Exception? cause = null) =>
        new(StorageErrorCodes.RecoveryAnswer, $"What host '{host.Name}' tells of '{script}' is malformed: {problem}", cause);
}
