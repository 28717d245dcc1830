using OneEdge.OpenNebula;

namespace OneEdge.Comparison.Flow;

/// <summary>The same virtual machines without services: what the cloud itself takes for them.</summary>
internal sealed class CoreAlone(OpenNebulaClient one, int template)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<int> _made = [];

    /// <summary>Creates machines, all at once, and waits until they run.</summary>
    public async Task<IReadOnlyList<int>> UpAsync(int count, CancellationToken cancellationToken)
    {
        int[] ids = new int[count];
        await Parallel.ForAsync(0, count, cancellationToken, async (i, ct) => ids[i] = await one.Templates.InstantiateAsync(template, cancellationToken: ct));
        _made.AddRange(ids);
        await UntilAsync(ids, vm => vm.LcmState == LcmState.Running, cancellationToken);
        return ids;
    }

    /// <summary>Terminates machines and waits until they are gone.</summary>
    public async Task DownAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(ids, cancellationToken, async (id, ct) => await one.VirtualMachines.TerminateAsync(id, cancellationToken: ct));
        await UntilAsync(ids, vm => vm.State == VmState.Done, cancellationToken);
        _made.RemoveAll(ids.Contains);
    }

    /// <summary>Takes away what is left.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (int id in _made)
        {
            try
            {
                await one.VirtualMachines.TerminateAsync(id, hard: true, cancellationToken);
            }
            catch (OpenNebulaCallException)
            {
                // It goes already, or is gone.
            }
        }

        _made.Clear();
    }

    private async Task UntilAsync(IReadOnlyList<int> ids, Func<VirtualMachine, bool> isReached, CancellationToken cancellationToken)
    {
        HashSet<int> left = [.. ids];
        while (left.Count > 0)
        {
            foreach (int id in left.ToArray())
            {
                if (!isReached(await one.VirtualMachines.GetAsync(id, cancellationToken: cancellationToken))) break;
                left.Remove(id);
            }

            if (left.Count > 0) await Task.Delay(Pause, cancellationToken);
        }
    }
}
