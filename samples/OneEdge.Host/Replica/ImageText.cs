using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary>Cached images in words.</summary>
internal static class ImageText
{
    public static string Name(int datastore, string name) => Screen.Cell(string.Create(CultureInfo.InvariantCulture, $"{datastore}/{name}"));

    public static string Name(CachedImage image) => Name(image.DatastoreId, image.Name);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Validity(CachedImageValidity validity) => validity switch
    {
        CachedImageValidity.Valid => "valid",
        CachedImageValidity.Changed => "changed",
        _ => "not validated",
    };

    /// <summary>Why an image stays; nothing when it need not.</summary>
    public static string Use(ImageUse use) => use switch
    {
        ImageUse.Leased => "it is being read",
        ImageUse.Copied => "it is being copied",
        ImageUse.InChain => "a disk lies on it",
        ImageUse.Linked => "its file has another name too",
        ImageUse.ForeignName => "its name is not that of an image",
        ImageUse.Missing => "there is no such image",
        _ => "",
    };

    /// <summary>The same, in a word for programs; <see langword="null"/> when it need not stay.</summary>
    public static string? UseWord(ImageUse use) => use switch
    {
        ImageUse.Leased => "leased",
        ImageUse.Copied => "being-copied",
        ImageUse.InChain => "in-chain",
        ImageUse.Linked => "linked",
        ImageUse.ForeignName => "foreign-name",
        ImageUse.Missing => "missing",
        _ => null,
    };
}
