namespace OneEdge.Storage;

public sealed partial class Qcow2Image
{
    /// <summary>
    /// Checks the metadata of the image: refcounts against references, the flags and offsets of all tables, snapshots, bitmaps. Nothing is changed, and the
    /// images below are not checked. Guest data is not looked at, so it may be encrypted. What is read of an image that a program writes at the same time need
    /// not fit together.
    /// </summary>
    /// <param name="cancellationToken">Stops between steps of bounded work.</param>
    /// <returns>The counters of <c>qemu-img check</c>, and every finding with its place.</returns>
    /// <exception cref="Qcow2Exception">The check takes more memory than <see cref="Qcow2Limits.MaxCheckBytes"/>.</exception>
    /// <exception cref="StorageException">The time of the options is up.</exception>
    public Task<Qcow2CheckResult> CheckAsync(CancellationToken cancellationToken = default)
    {
        var layer = (Qcow2Layer)_chain.Top;
        return Task.Run(() => Check(layer, cancellationToken), cancellationToken);
    }

    private Qcow2CheckResult Check(Qcow2Layer layer, CancellationToken cancellationToken)
    {
        using StorageWatch watch = StorageWatch.Start("storage.check", _options.TimeProvider).Tag("file.path", Info.File);
        Qcow2CheckResult result = watch.Run(() => new ImageChecker(layer, _options.Limits, new OperationBudget(_options, cancellationToken)).Check());
        watch.Tag("oneedge.storage.check", result.Kind.ToString());
        return result;
    }
}
