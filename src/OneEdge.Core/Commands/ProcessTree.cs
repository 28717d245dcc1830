using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OneEdge.Commands;

/// <summary>
/// A started program and everything that it started. Processes whose parents ended are found too: by a variable of their environment that only
/// this command has, and because they were seen before. A process that hides from both (another user's, with a cleaned environment) is not found.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class ProcessTree(int root, string marker)
{
    internal const int Interrupt = 2;
    internal const int Kill = 9;
    internal const int Terminate = 15;

    private readonly byte[] _marker = System.Text.Encoding.ASCII.GetBytes(marker + "=");

    // Numbers are used again, so a process is its number and its start time.
    private readonly HashSet<(int Id, ulong Start)> _known = [];

    private readonly record struct ProcessStatus(int Id, int Parent, ulong Start);

    /// <summary>The processes that still run; those that ended and wait to be collected do not count.</summary>
    internal IReadOnlyList<int> Find()
    {
        List<ProcessStatus> running = [.. RunningProcesses()];
        var found = new HashSet<int>();
        foreach (ProcessStatus process in running)
        {
            if (_known.Contains((process.Id, process.Start)) || IsMarked(process.Id)) found.Add(process.Id);
        }

        ILookup<int, ProcessStatus> children = running.ToLookup(process => process.Parent);
        var pending = new Queue<int>(found);
        while (pending.TryDequeue(out int parent))
        {
            foreach (ProcessStatus child in children[parent].Where(child => found.Add(child.Id))) pending.Enqueue(child.Id);
        }

        foreach (ProcessStatus process in running.Where(process => found.Contains(process.Id))) _known.Add((process.Id, process.Start));
        return [.. found];
    }

    /// <summary>Remembers the program itself, which may clean its environment later. Call it right after the start.</summary>
    internal void RememberRoot()
    {
        if (TryReadStatus(root) is { } status) _known.Add((status.Id, status.Start));
    }

    internal void SignalRoot(int signal)
    {
        if (Find().Contains(root)) _ = kill(root, signal);
    }

    /// <summary>Sends a signal to every process that still runs.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool SignalAll(int signal)
    {
        IReadOnlyList<int> processes = Find();
        foreach (int id in processes) _ = kill(id, signal);
        return processes.Count > 0;
    }

    private static IEnumerable<ProcessStatus> RunningProcesses()
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            ReadOnlySpan<char> name = Path.GetFileName(directory.AsSpan());
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) continue;
            if (TryReadStatus(id) is { } status) yield return status;
        }
    }

    private static ProcessStatus? TryReadStatus(int id)
    {
        const int State = 0;
        const int Parent = 1;
        const int StartTime = 19;
        if (TryRead(id, "stat") is not { } content) return null;
        string text = System.Text.Encoding.ASCII.GetString(content);
        // The name before may hold blanks and brackets.
        string[] fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= StartTime || fields[State] is "Z" or "X") return null;
        return new ProcessStatus(id, int.Parse(fields[Parent], CultureInfo.InvariantCulture), ulong.Parse(fields[StartTime], CultureInfo.InvariantCulture));
    }

    private bool IsMarked(int id) => TryRead(id, "environ") is { } environment && environment.AsSpan().IndexOf(_marker) >= 0;

    private static byte[]? TryRead(int id, string file)
    {
        try
        {
            return Files.LocalFileStore.Instance.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"), maxBytes: 8 << 20);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OneEdgeException)
        {
            // Gone, or somebody else's.
            return null;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
