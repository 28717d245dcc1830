using System.Globalization;

namespace OneEdge.Host.Tm;

/// <summary>An action by the name with which the core calls a driver, and what has to be asked of the cloud before it can be planned.</summary>
/// <param name="Name">The name, without a driver behind a point.</param>
/// <param name="VmAt">The place of the virtual machine among the arguments; the datastore stands behind it.</param>
internal sealed record TmAction(string Name, int VmAt)
{
    /// <summary>The actions that OneEdge plans.</summary>
    public static IReadOnlyList<TmAction> Planned { get; } =
    [
        new("clone", 2) { AsksDatastores = true, AsksHost = true },
        new("ln", 2) { AsksDatastores = true, AsksHost = true },
        new("mv", 2),
        new("mvds", 2),
        new("cpds", 3),
        new("snap_create", 2) { AsksDatastores = true },
        new("snap_create_live", 2) { AsksDatastores = true },
        new("snap_delete", 2),
        new("snap_revert", 2) { AsksDatastores = true },
        new("resize", 2),
        new("delete", 1) { AsksDatastores = true },
        new("premigrate", 3) { CallsOthers = true },
        new("postmigrate", 3) { CallsOthers = true },
        new("mkimage", 3) { MakesFileSystem = true },
        new("mkswap", 2) { MakesFileSystem = true },
    ];

    /// <summary>Whether a replica, which datastores name, may have a part in it.</summary>
    public bool AsksDatastores { get; init; }

    /// <summary>Whether the replica copies to the host of the second argument.</summary>
    public bool AsksHost { get; init; }

    /// <summary>Whether the scripts of other drivers follow, for disks that are theirs.</summary>
    public bool CallsOthers { get; init; }

    /// <summary>Whether the configuration of file systems counts.</summary>
    public bool MakesFileSystem { get; init; }

    /// <summary>The action of a name, in any case, also with the driver of the system datastore or <c>replica</c> behind a point.</summary>
    /// <param name="name">The name.</param>
    public static TmAction? Find(string name)
    {
        string bare = Bare(name);
        return Planned.FirstOrDefault(action => action.Name == bare);
    }

    /// <summary>The name of an action without what stands behind a point, in small letters.</summary>
    /// <param name="name">The name.</param>
    public static string Bare(string name)
    {
        int point = name.IndexOf('.', StringComparison.Ordinal);
        return (point < 0 ? name : name[..point]).ToLowerInvariant();
    }

    /// <summary>The virtual machine of the arguments; <see langword="null"/> when they are not those of the action.</summary>
    /// <param name="words">The arguments.</param>
    public int? VmId(IReadOnlyList<string> words) => Number(words, VmAt);

    /// <summary>The datastore of the arguments.</summary>
    /// <param name="words">The arguments.</param>
    public int? DatastoreId(IReadOnlyList<string> words) => Number(words, VmAt + 1);

    /// <summary>The host to which the replica copies.</summary>
    /// <param name="words">The arguments.</param>
    public string? DestinationHost(IReadOnlyList<string> words) =>
        AsksHost && words.Count > 1 && words[1].IndexOf(':', StringComparison.Ordinal) is > 0 and int colon ? words[1][..colon] : null;

    private static int? Number(IReadOnlyList<string> words, int at) =>
        at < words.Count && int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
