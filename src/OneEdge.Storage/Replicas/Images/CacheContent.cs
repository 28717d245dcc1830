using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>Reads what <see cref="CacheContentScripts.List"/> prints.</summary>
internal static class CacheContent
{
    public static IReadOnlyList<CachedDatastore> Parse(string output, string directory, string host)
    {
        List<CachedDatastore> datastores = [];
        List<CachedImage> images = [];
        List<UnfinishedCopy> unfinished = [];
        foreach (string record in output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            int id = datastores.Count > 0 ? datastores[^1].Id : -1;
            // A name is the rest of its record: it may have blanks.
            switch (record.Split(' ', 2)[0])
            {
                case "datastore":
                    Close();
                    datastores.Add(Datastore(record.Split(' '), directory));
                    break;
                case "image" when id >= 0 && record.Split(' ', 11) is { Length: 11 } words:
                    images.Add(Image(words, id));
                    break;
                case "unfinished" when id >= 0 && record.Split(' ', 4) is { Length: 4 } words:
                    unfinished.Add(new UnfinishedCopy(id, words[3], Number(words[1]), words[2] == "1"));
                    break;
                default:
                    throw new StorageException(StorageErrorCodes.HostCommand, $"Host '{host}' did not tell what its cache holds, but: {record}");
            }
        }

        Close();
        return [.. datastores.OrderBy(datastore => datastore.Id)];

        void Close()
        {
            if (datastores.Count == 0) return;
            datastores[^1] = datastores[^1] with
            {
                Images = [.. images.OrderBy(image => image.LastUse).ThenBy(image => image.Name, StringComparer.Ordinal)],
                Unfinished = [.. unfinished],
            };
            images.Clear();
            unfinished.Clear();
        }
    }

    private static CachedDatastore Datastore(string[] words, string directory) => new((int)Number(words[1]), $"{directory}/{words[1]}")
    {
        UsedBytes = Number(words[2]),
        FileSystemBytes = Number(words[3]),
        FileSystemUsedBytes = Number(words[4]),
        AvailableBytes = Number(words[5]),
    };

    private static CachedImage Image(string[] words, int datastore) => new()
    {
        DatastoreId = datastore,
        Bytes = Number(words[1]),
        Length = Number(words[2]),
        LastUse = DateTimeOffset.FromUnixTimeSeconds(Math.Min(Number(words[3]), DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
        Validity = words[4] switch
        {
            "valid" => CachedImageValidity.Valid,
            "changed" => CachedImageValidity.Changed,
            _ => CachedImageValidity.Unknown,
        },
        Digest = words[5] == "-" ? null : words[5],
        Leases = (int)Number(words[6]),
        IsBeingCopied = words[7] == "1",
        Links = (int)Number(words[8]),
        IsInChain = words[9] == "1",
        Name = words[10],
    };

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
