namespace OneEdge.OpenNebula.Embedded;

/// <summary>A cloud without images: disks that name one are refused.</summary>
internal sealed class NoImages : IVmDisks
{
    public TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute disk)
    {
        if (disk.Get("IMAGE_ID") is { } id) throw CallRefusal.Allocate(ObjectKind.Vm, $"Image with ID: {id} does not exist");
        return disk.Get("IMAGE") is { } name ? throw CallRefusal.Allocate(ObjectKind.Vm, $"User {caller.Uid} does not own an image with name: {name} . Set IMAGE_UNAME or IMAGE_UID of owner in DISK.") : disk;
    }

    public void Release(CloudVm vm, TemplateAttribute disk, bool isSaved)
    {
    }

    public int BeginSave(CloudCall call, CloudVm vm, TemplateAttribute disk, string name, string type, int snapshot) =>
        throw CallRefusal.Action("Cannot save a disk without an image");

    public void EndSave(int imageId, bool isSaved)
    {
    }
}
