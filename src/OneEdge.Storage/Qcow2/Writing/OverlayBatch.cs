using System.Runtime.ExceptionServices;
using OneEdge.Files;

namespace OneEdge.Storage;

/// <summary>Writes many overlays and waits for the disk together. Either all are there in the end, or none.</summary>
internal sealed class OverlayBatch(IReadOnlyList<OverlayPlanner.Plan> plans, CancellationToken cancellationToken)
{
    // So many files are open at once.
    private const int AtOnce = 512;
    private const int Creations = 4;
    private const int Flushes = 32;

    private readonly List<StagedFile> _published = [];
    private readonly Dictionary<NewImageLayout, (long, byte[])[]> _tables = [];

    public void Run()
    {
        foreach (NewImageLayout layout in plans.Select(plan => plan.Layout).Distinct())
            if (layout.L2Tables == 0) _tables.Add(layout, [.. layout.Tables(hasBacking: true)]);
        try
        {
            foreach (OverlayPlanner.Plan[] part in plans.Chunk(AtOnce)) WritePart(part);
            foreach (string directory in _published.Select(file => file.Directory).Distinct(StringComparer.Ordinal)) StagedFile.FlushDirectory(directory);
        }
        catch (Exception e)
        {
            int replaced = TakeBack();
            if (replaced == 0 || e is not StorageException failure) throw;
            throw new StorageException(failure.Code, $"{e.Message} {replaced} images had been replaced before and stay so.", e);
        }
    }

    private void WritePart(OverlayPlanner.Plan[] part)
    {
        var files = new StagedFile?[part.Length];
        try
        {
            InParallel(part.Length, Creations, i =>
            {
                files[i] = StagedFile.Create(part[i].Path, part[i].Name, part[i].Layout.Options.Overwrites);
                NewImageLayout layout = part[i].Layout;
                IEnumerable<(long, byte[])> tables = _tables.TryGetValue(layout, out (long, byte[])[]? made) ? made : layout.Tables(hasBacking: true);
                NewImageWriter.Fill(files[i]!, layout, part[i].Header, tables, cancellationToken);
                files[i]!.BeginFlush(0, layout.FileLength);
            });
            InParallel(part.Length, Flushes, i => files[i]!.Flush());
            cancellationToken.ThrowIfCancellationRequested();
            foreach (StagedFile? file in files)
            {
                file!.Publish();
                _published.Add(file);
            }
        }
        finally
        {
            foreach (StagedFile? file in files) file?.Dispose();
        }
    }

    private static void InParallel(int count, int degree, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = degree }, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <returns>How many files had replaced another one, which cannot come back.</returns>
    private int TakeBack()
    {
        foreach (StagedFile file in _published.Where(file => !file.Replaces))
        {
            try
            {
                LocalFileStore.Instance.Delete(file.Target);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What led here says more.
            }
        }

        return _published.Count(file => file.Replaces);
    }
}
