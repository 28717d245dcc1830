using System.Text.Json;

namespace OneEdge.Storage.Recovery;

/// <summary>The block nodes of a qemu process.</summary>
internal static class QmpBlocks
{
    private const string JsonPrefix = "json:";
    private const int MaxNesting = 8;

    /// <summary>The node that the guest writes for a disk, and its file, from the answer of <c>query-block</c>.</summary>
    public static (string Node, string File)? Active(JsonElement blocks, RecoveryDisk disk)
    {
        foreach (JsonElement device in blocks.EnumerateArray())
        {
            if (!device.TryGetProperty("inserted", out JsonElement inserted)) continue;
            if (Named(inserted) is { } found && GuestDiskStatus.LayerOf(disk, found.File) != GuestDiskLayer.Other) return found;
        }

        return null;
    }

    /// <summary>The node that has a file open as qcow2, from the answer of <c>query-named-block-nodes</c>.</summary>
    public static string? NodeOf(JsonElement nodes, RecoveryDisk disk, GuestDiskLayer layer)
    {
        foreach (JsonElement node in nodes.EnumerateArray())
        {
            if (!node.TryGetProperty("drv", out JsonElement driver) || driver.GetString() != "qcow2") continue;
            if (Named(node) is { } found && GuestDiskStatus.LayerOf(disk, found.File) == layer) return found.Node;
        }

        return null;
    }

    private static (string Node, string File)? Named(JsonElement node)
    {
        if (!node.TryGetProperty("node-name", out JsonElement name) || !node.TryGetProperty("file", out JsonElement file)) return null;
        return name.GetString() is { } node1 && file.GetString() is { } text && FileName(text) is { } path ? (node1, path) : null;
    }

    // A node with options that no file name tells has a name of JSON.
    private static string? FileName(string name)
    {
        if (!name.StartsWith(JsonPrefix, StringComparison.Ordinal)) return name;
        try
        {
            using JsonDocument document = JsonDocument.Parse(name.AsMemory(JsonPrefix.Length), new JsonDocumentOptions { MaxDepth = 32 });
            JsonElement value = document.RootElement;
            for (int i = 0; i < MaxNesting && value.ValueKind == JsonValueKind.Object; i++)
            {
                if (value.TryGetProperty("filename", out JsonElement file)) return file.GetString();
                if (!value.TryGetProperty("file", out value)) return null;
            }
        }
        catch (JsonException)
        {
            // Not a name of a file then.
        }

        return null;
    }
}
