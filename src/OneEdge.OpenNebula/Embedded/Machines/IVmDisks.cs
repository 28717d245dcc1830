namespace OneEdge.OpenNebula.Embedded;

/// <summary>What images do for the disks of machines.</summary>
internal interface IVmDisks
{
    /// <summary>Completes a disk that names an image, and takes the image for the machine. A disk without an image is given back as it is.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="vm">The machine, which has no template yet when it is new.</param>
    /// <param name="disk">The <c>DISK</c> of the caller.</param>
    /// <returns>The disk as the machine keeps it, without <c>DISK_ID</c> and <c>TARGET</c>.</returns>
    /// <exception cref="CallRefusal">There is no such image, or it cannot be used; the error is one of allocation (16384).</exception>
    TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute disk);

    /// <summary>Gives the image of a disk back.</summary>
    /// <param name="vm">The machine.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="isSaved">Whether its data was brought back; an image kept by a failed machine is in error.</param>
    void Release(CloudVm vm, TemplateAttribute disk, bool isSaved);

    /// <summary>Begins to save a disk as a new image, which is locked until <see cref="EndSave"/>.</summary>
    /// <returns>The id of the image.</returns>
    int BeginSave(CloudCall call, CloudVm vm, TemplateAttribute disk, string name, string type, int snapshot);

    /// <summary>The image of <see cref="BeginSave"/> is there, or failed.</summary>
    void EndSave(int imageId, bool isSaved);
}
