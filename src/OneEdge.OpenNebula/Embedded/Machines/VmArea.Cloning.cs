namespace OneEdge.OpenNebula.Embedded;

/// <summary>Machines that wait for images which the storage still works on (OpenNebula 6.10 source, src/lcm/LifeCycleStates.cc).</summary>
internal sealed partial class VmArea
{
    /// <summary>An image of a machine is ready, or failed: the machine goes on when it has all of them.</summary>
    public void ImageChanged(int id)
    {
        if (Pool.Find(id) is not { State: VmState.Cloning or VmState.CloningFailure } vm) return;
        bool isFailed = false;
        bool isReady = true;
        foreach (int imageId in ImagesInWork(vm))
        {
            CloudImage? image = State.Images.Pool.Find(imageId);
            if (image is { State: ImageState.Used or ImageState.UsedPersistent }) SetReady(vm, image);
            else isReady = false;
            isFailed |= image?.State == ImageState.Error;
        }

        VmState next = isReady ? TemplateTexts.IsYes(vm.Template.Get("SUBMIT_ON_HOLD")) ? VmState.Hold : VmState.Pending
            : isFailed ? VmState.CloningFailure : VmState.Cloning;
        if (next == vm.State) return;
        Engine.Enter(vm, next);
        if (next == VmState.Pending) State.Scheduler.Consider(vm);
    }

    private static int[] ImagesInWork(CloudVm vm) => [.. vm.Template.Vectors("DISK")
        .Where(d => TemplateTexts.IsYes(d.Get("CLONING")))
        .SelectMany(d => d.TryGet("IMAGE_ID", out int id) ? [id] : Array.Empty<int>())
        .Distinct()];

    private static void SetReady(CloudVm vm, CloudImage image)
    {
        string id = FormattableString.Invariant($"{image.Id}");
        foreach (TemplateAttribute disk in vm.Template.Vectors("DISK").Where(d => d.Get("IMAGE_ID") == id).ToArray())
        {
            SortedDictionary<string, string> items = Vectors.Items(disk);
            items.Remove("CLONING");
            items["SOURCE"] = image.Source;
            if (image.Format.Length > 0) items["DRIVER"] = items["FORMAT"] = image.Format;
            vm.Change(disk, Vectors.Of(disk.Name, items));
        }
    }
}
