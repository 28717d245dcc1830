namespace OneEdge.OpenNebula.Embedded;

/// <summary>What images do for the disks of machines.</summary>
internal interface IVmDisks
{
    /// <summary>Completes a disk that names an image, and takes the image for the machine. A disk without an image is given back as it is.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="vm">The machine, which has no template yet when it is new.</param>
    /// <param name="disk">The <c>DISK</c> of the caller.</param>
    /// <returns>The disk as the machine keeps it, without <c>DISK_ID</c> and <c>TARGET</c>.</returns>
    /// <exception cref="CallRefusal">There is no such image, or it cannot be used; what it means for the call, the caller says.</exception>
    TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute disk);

    /// <summary>Gives the image of a disk back.</summary>
    /// <param name="vm">The machine.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="isSaved">Whether its data was brought back; an image kept by a failed machine is in error.</param>
    void Release(CloudVm vm, TemplateAttribute disk, bool isSaved);

    /// <summary>Begins to save a disk as a new image, which is locked until <see cref="EndSave"/>.</summary>
    /// <returns>The id of the image.</returns>
    int BeginSave(CloudCall call, CloudVm vm, TemplateAttribute disk, string name, string type, int snapshot);

    /// <summary>A disk of a template with what its image adds to it.</summary>
    TemplateAttribute Extend(Caller caller, TemplateAttribute disk);

    /// <summary>Copies the image of a disk of a template.</summary>
    /// <returns>The disk with the copy.</returns>
    TemplateAttribute Clone(CloudCall call, TemplateAttribute disk, string name, bool isPersistent);

    /// <summary>Deletes the copy that <see cref="Clone"/> made.</summary>
    void DropClone(TemplateAttribute disk);

    /// <summary>Deletes the image of a disk of a template, where the caller may.</summary>
    void Delete(CloudCall call, TemplateAttribute disk);

    /// <summary>Changes the permissions of the image of a disk of a template, where the caller may.</summary>
    void Chmod(CloudCall call, TemplateAttribute disk, ReadOnlySpan<int> wanted);

    /// <summary>The image of <see cref="BeginSave"/> is there, or failed.</summary>
    void EndSave(int imageId, bool isSaved);
}
