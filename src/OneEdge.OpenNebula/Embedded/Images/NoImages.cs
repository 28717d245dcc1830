namespace OneEdge.OpenNebula.Embedded;

/// <summary>A cloud without images: disks that name one are refused.</summary>
internal sealed class NoImages : IVmDisks
{
    public TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute disk)
    {
        if (disk.Get("IMAGE_ID") is { } id) throw CallRefusal.Internal($"Image with ID: {id} does not exist");
        if (disk.Get("IMAGE") is not { } name) return disk;
        throw CallRefusal.Internal(
            FormattableString.Invariant($"User {caller.Uid} does not own an image with name: {name} . ")
            + "Set IMAGE_UNAME or IMAGE_UID of owner in DISK.");
    }

    public void Release(CloudVm vm, TemplateAttribute disk, bool isSaved)
    {
    }

    public int BeginSave(CloudCall call, CloudVm vm, TemplateAttribute disk, string name, string type, int snapshot) =>
        throw CallRefusal.Action("Cannot save a disk without an image");

    public TemplateAttribute Extend(Caller caller, TemplateAttribute disk) => disk;

    public TemplateAttribute Clone(CloudCall call, TemplateAttribute disk, string name, bool isPersistent) => disk;

    public void Delete(CloudCall call, TemplateAttribute disk)
    {
    }

    public void Chmod(CloudCall call, TemplateAttribute disk, ReadOnlySpan<int> wanted)
    {
    }

    public void EndSave(int imageId, bool isSaved)
    {
    }
}
