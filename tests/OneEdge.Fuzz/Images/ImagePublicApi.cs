using OneEdge.Storage;

namespace OneEdge.Fuzz.Images;

/// <summary>The way that programs go: it opens, maps and checks as what lies below does.</summary>
internal static class ImagePublicApi
{
    public static void Check(byte[] input, Qcow2OpenOptions options, DiskImageInfo? info, StorageException? opening)
    {
        try
        {
            using Qcow2Image image = Qcow2Image.OpenAsync(new SparseSource(input), "image", options).GetAwaiter().GetResult();
            OracleException.Check(opening is null && (image.Info.VirtualSize, image.Info.Header!.L1Size) == (info!.VirtualSize, info.Header!.L1Size),
                "an image opens as it is described", () => $"{opening}");
            Use(image);
        }
        catch (StorageException e)
        {
            OracleException.Check(e.Code == opening?.Code, "an image is refused for one reason", () => $"{opening} but {e}");
        }
    }

    private static void Use(Qcow2Image image)
    {
        try
        {
            long raw = image.MeasureAsync(DiskImageFormat.Raw).GetAwaiter().GetResult().Required;
            OracleException.Check(raw == image.Info.VirtualSize, "a raw copy is as large as the guest", () => $"{raw}");
            Qcow2MeasureResult copy = image.MeasureAsync(DiskImageFormat.Qcow2).GetAwaiter().GetResult();
            OracleException.Check(copy.Required >= 0 && copy.Required <= copy.FullyAllocated, "a copy is no larger than a full one", () => $"{copy}");
            _ = image.CheckAsync().GetAwaiter().GetResult();
            using Stream guest = image.OpenGuestStream();
            guest.Seek(-Math.Min(guest.Length, 700), SeekOrigin.End);
            _ = guest.Read(new byte[700]);
        }
        catch (StorageException)
        {
            // Which errors, and when, is what the other parts look at.
        }
    }
}
