using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>Reads the words with which OpenNebula calls a transfer driver.</summary>
internal static class TransferArguments
{
    private static readonly Dictionary<string, TransferAction> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["clone"] = TransferAction.Clone,
        ["ln"] = TransferAction.Ln,
        ["mv"] = TransferAction.Mv,
        ["mvds"] = TransferAction.Mvds,
        ["cpds"] = TransferAction.Cpds,
        ["snap_create"] = TransferAction.SnapCreate,
        ["snap_create_live"] = TransferAction.SnapCreateLive,
        ["snap_delete"] = TransferAction.SnapDelete,
        ["snap_revert"] = TransferAction.SnapRevert,
        ["resize"] = TransferAction.Resize,
        ["delete"] = TransferAction.Delete,
        ["premigrate"] = TransferAction.PreMigrate,
        ["postmigrate"] = TransferAction.PostMigrate,
        ["failmigrate"] = TransferAction.FailMigrate,
        ["mkimage"] = TransferAction.MkImage,
        ["mkswap"] = TransferAction.MkSwap,
    };

    /// <summary>The action of a name; what stands behind a point is the driver of the system datastore, or <c>replica</c>.</summary>
    public static TransferAction Action(string name)
    {
        int point = name.IndexOf('.', StringComparison.Ordinal);
        if (Names.TryGetValue(point < 0 ? name : name[..point], out TransferAction action)) return action;
        throw Malformed($"'{name}' is no action of a transfer driver; expected one of {string.Join(", ", Names.Keys)}");
    }

    public static TransferRequest Parse(TransferAction action, IReadOnlyList<string> words, TransferFacts facts, string frontEnd)
    {
        return action switch
        {
            TransferAction.Clone or TransferAction.Ln or TransferAction.Mv or TransferAction.Mvds => FromTo(action, words, facts, frontEnd),
            TransferAction.Cpds => Cpds(words, facts, frontEnd),
            TransferAction.PreMigrate or TransferAction.PostMigrate or TransferAction.FailMigrate => Migration(action, words, facts),
            TransferAction.Delete => Delete(words, facts),
            TransferAction.Resize => Resize(words, facts),
            TransferAction.MkImage or TransferAction.MkSwap => NewDisk(action, words, facts),
            _ => Snapshot(action, words, facts),
        };
    }

    private static TransferRequest FromTo(TransferAction action, IReadOnlyList<string> words, TransferFacts facts, string frontEnd)
    {
        Count(action, words, 3, 5, "SOURCE DESTINATION VM [DATASTORE]");
        SameVm(action, words[2], facts);
        return new TransferRequest(action, HostPath.Parse(words[0], frontEnd), facts)
        {
            Destination = HostPath.Parse(words[1], frontEnd),
            DatastoreId = Datastore(words, 3),
        };
    }

    private static TransferRequest Cpds(IReadOnlyList<string> words, TransferFacts facts, string frontEnd)
    {
        Count(TransferAction.Cpds, words, 4, 5, "DISK DESTINATION SNAPSHOT VM [DATASTORE]");
        SameVm(TransferAction.Cpds, words[3], facts);
        return new TransferRequest(TransferAction.Cpds, HostPath.Parse(words[0]), facts)
        {
            Destination = HostPath.Parse(words[1], frontEnd),
            SnapshotId = words[2] == "-1" ? null : (int)Number(words[2], "snapshot"),
            DatastoreId = Datastore(words, 4),
        };
    }

    private static TransferRequest Migration(TransferAction action, IReadOnlyList<string> words, TransferFacts facts)
    {
        Count(action, words, 4, 6, "SOURCE_HOST DESTINATION_HOST DIRECTORY VM [DATASTORE]");
        SameVm(action, words[3], facts);
        return new TransferRequest(action, new HostPath(words[0], words[2]), facts)
        {
            Destination = new HostPath(words[1], words[2]),
            DatastoreId = Datastore(words, 4),
        };
    }

    private static TransferRequest Delete(IReadOnlyList<string> words, TransferFacts facts)
    {
        Count(TransferAction.Delete, words, 2, 3, "PATH VM [DATASTORE]");
        SameVm(TransferAction.Delete, words[1], facts);
        return new TransferRequest(TransferAction.Delete, HostPath.Parse(words[0]), facts) { DatastoreId = Datastore(words, 2) };
    }

    private static TransferRequest Resize(IReadOnlyList<string> words, TransferFacts facts)
    {
        Count(TransferAction.Resize, words, 3, 4, "DISK SIZE_MB VM [DATASTORE]");
        SameVm(TransferAction.Resize, words[2], facts);
        return new TransferRequest(
            TransferAction.Resize, HostPath.Parse(words[0]), facts)
        { SizeMb = Number(words[1], "size"), DatastoreId = Datastore(words, 3) };
    }

    private static TransferRequest Snapshot(TransferAction action, IReadOnlyList<string> words, TransferFacts facts)
    {
        Count(action, words, 3, 4, "DISK SNAPSHOT VM [DATASTORE]");
        SameVm(action, words[2], facts);
        return new TransferRequest(
            action, HostPath.Parse(words[0]), facts)
        { SnapshotId = (int)Number(words[1], "snapshot"), DatastoreId = Datastore(words, 3) };
    }

    private static TransferRequest NewDisk(TransferAction action, IReadOnlyList<string> words, TransferFacts facts)
    {
        bool isSwap = action == TransferAction.MkSwap;
        int at = isSwap ? 1 : 2;
        Count(action, words, at + 2, at + 3, isSwap ? "SIZE_MB DISK VM [DATASTORE]" : "SIZE_MB FORMAT DISK VM [DATASTORE]");
        SameVm(action, words[at + 1], facts);
        return new TransferRequest(action, HostPath.Parse(words[at]), facts)
        {
            SizeMb = Number(words[0], "size"),
            Format = isSwap ? "swap" : words[1],
            DatastoreId = Datastore(words, at + 2),
        };
    }

    private static void Count(TransferAction action, IReadOnlyList<string> words, int least, int most, string expected)
    {
        if (words.Count < least || words.Count > most) throw Malformed(
            string.Create(CultureInfo.InvariantCulture, $"{action} has {words.Count} arguments; expected {expected}"));
    }

    private static void SameVm(TransferAction action, string word, TransferFacts facts)
    {
        long id = Number(word, "virtual machine");
        if (id != facts.Vm.Id) throw Malformed(
            string.Create(CultureInfo.InvariantCulture, $"{action} is for virtual machine {id}, but the document is that of {facts.Vm.Id}"));
    }

    private static int? Datastore(IReadOnlyList<string> words, int at) => at < words.Count && words[at].Length > 0 ? (int)Number(words[at], "datastore") : null;

    private static long Number(string word, string what) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Malformed($"'{word}' is no number of a {what}");

    private static StorageException Malformed(string problem) => new(StorageErrorCodes.TransferArguments, problem + ".");
}
