using System.Text.Json;

namespace OneEdge.Storage.Recovery;

/// <summary>Reads what <see cref="CatalogScripts.Chains"/> prints. Pure; whatever is odd is an error or a problem of the chain.</summary>
internal static class ChainLines
{
    private const int MaxChains = 65;

    /// <summary>The chains of a disk, the newest first.</summary>
    /// <exception cref="FormatException">The lines are malformed.</exception>
    public static IReadOnlyList<RecoveryChain> Parse(IReadOnlyList<string> lines, int vm, int disk, DiskFiles files)
    {
        List<(RecoveryChain Chain, ImageHead? Overlay, ImageHead? Base)> found = [];
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            if (words[0] == "chain" && words.Length == 4) found.Add((ChainOf(words, vm, disk, files), null, null));
            else if (words[0] == "file" && words.Length > 2 && found.Count > 0) found[^1] = WithFile(found[^1], words);
            else throw new FormatException("A line is neither a chain nor a file.");
        }

        if (found.Count > MaxChains) throw new FormatException("There are too many chains.");
        List<RecoveryChain> chains = [.. found.Where(item => item.Chain.Generation is not null).OrderByDescending(item => item.Chain.Generation).Select(Judge)];
        (RecoveryChain? last, ImageHead? overlay, ImageHead? below) = found.Find(item => item.Chain is { Generation: null });
        if (last is null || overlay is null || below is null) return chains;
        // Of a generation, under the names that the original reads.
        if (found.Exists(item => item.Chain.Generation is not null && item.Overlay?.Identity == overlay.Identity)) return chains;
        RecoveryChain published = Judge((last with { Taken = overlay.Modified }, overlay, below));
        chains.Insert(chains.Count == 0 || published.Taken > chains[0].Taken ? 0 : chains.Count, published);
        return chains;
    }

    private static RecoveryChain ChainOf(string[] words, int vm, int disk, DiskFiles files)
    {
        long number = StoreNames.GenerationOf(words[1]) ?? (words[1] == "0" ? 0 : throw new FormatException("A generation has no number."));
        var chain = new RecoveryChain
        {
            VmId = vm,
            DiskId = disk,
            Generation = number == 0 ? null : number,
            Taken = ImageHead.Time(words[2]),
            Directory = number == 0 ? files.Directory : files.Generation(number).Directory,
        };
        if (number == 0) return chain;
        byte[] manifest = words[3] == "-" ? [] : Convert.FromBase64String(words[3]);
        if (manifest.Length > RecoveryManifest.MaxBytes) return chain with { Problem = "its manifest is too long." };
        try
        {
            return RecoveryManifest.Apply(chain, manifest);
        }
        catch (JsonException e)
        {
            return chain with { Problem = $"its manifest cannot be read: {e.Message}" };
        }
    }

    private static (RecoveryChain Chain, ImageHead? Overlay, ImageHead? Base) WithFile((RecoveryChain Chain, ImageHead? Overlay, ImageHead? Base) item, string[] words)
    {
        ImageHead head = ImageHead.Parse(words.AsSpan(2));
        return words[1] switch
        {
            "base.1" when item.Overlay is null => item with { Overlay = head },
            "base" when item.Base is null => item with { Base = head },
            _ => throw new FormatException("A file has another name, or comes twice."),
        };
    }

    /// <summary>The chain with what its headers say, or why it cannot be used.</summary>
    private static RecoveryChain Judge((RecoveryChain Chain, ImageHead? Overlay, ImageHead? Base) item)
    {
        (RecoveryChain chain, ImageHead? overlay, ImageHead? below) = item;
        if (overlay is null || below is null)
            return chain with { Problem = chain.Problem ?? $"'{(overlay is null ? chain.Files.Overlay : chain.Files.Base)}' is missing, or no regular file." };
        chain = chain with { Size = overlay.Allocated + below.Allocated };
        if (chain.Problem is not null) return chain;
        try
        {
            DiskImageInfo top = overlay.Describe(chain.Files.Overlay), bottom = below.Describe(chain.Files.Base);
            string? reason = RecoveryDiskCheck.ReasonAgainst(chain.Files, top) ?? ReasonAgainstBase(bottom);
            if (reason is not null) return chain with { Problem = reason };
            ChainVerifier.CheckEnd(top);
            ChainVerifier.CheckEnd(bottom);
            return chain with { VirtualSize = top.VirtualSize };
        }
        catch (Exception e) when (e is OneEdgeException or IOException)
        {
            return chain with { Problem = e.Message };
        }
    }

    // What is walked on the host must not lead out of the chain.
    private static string? ReasonAgainstBase(DiskImageInfo info) =>
        info.Header is not { } header ? $"'{info.File}' is raw instead of qcow2."
        : header.BackingFile is not null ? $"'{info.File}' lies on another image, '{header.BackingFile}'."
        : header.HasExternalDataFile ? $"'{info.File}' keeps its data in another file." : null;
}
