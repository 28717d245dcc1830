using System.Globalization;

namespace OneEdge.Files;

/// <summary>
/// A lock that one process at a time holds, on a file. It ends with its process, however that ends; the file stays and holds the process number.
/// Not for network file systems.
/// </summary>
public sealed class CrossProcessLock : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;

    private CrossProcessLock(FileStream file, string path)
    {
        _file = file;
        Path = path;
    }

    /// <summary>The lock file.</summary>
    public string Path { get; }

    /// <summary>Takes the lock, waiting for other holders (in other processes and in this one).</summary>
    /// <param name="path">The lock file, made when missing; its directory exists.</param>
    /// <param name="timeout">How long to wait; zero tries once, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="time">The clock for waiting; <see langword="null"/> means the system's.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The lock; disposing it gives it back.</returns>
    /// <exception cref="LockTimeoutException">The time is over; the message names the holder.</exception>
    /// <exception cref="PathRefusedException">The lock file is a link or a special file.</exception>
    public static async Task<CrossProcessLock> AcquireAsync(
        string path, TimeSpan timeout, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.GetFullPath(path);
        time ??= TimeProvider.System;
        long start = time.GetTimestamp();
        for (TimeSpan delay = FirstDelay; ; delay = Min(2 * delay, LongestDelay))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAcquire(path) is { } acquired) return acquired;
            TimeSpan waited = time.GetElapsedTime(start);
            bool isEndless = timeout == Timeout.InfiniteTimeSpan;
            if (!isEndless && waited >= timeout) throw new LockTimeoutException(path, ReadHolder(path), waited);
            await Task.Delay(isEndless ? delay : Min(delay, timeout - waited), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lock if it is free.</summary>
    /// <param name="path">The lock file, made when missing; its directory exists.</param>
    /// <returns>The lock, or <see langword="null"/> when somebody holds it.</returns>
    public static CrossProcessLock? TryAcquire(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.GetFullPath(path);
        if (LocalFileStore.Instance.GetStatus(path) is { Kind: not FileKind.Regular } status) throw LocalFileStore.NotRegular(path, status.Kind);
        FileStream file;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileStoreSteps.OwnerOnly;
            file = new FileStream(path, options);
        }
        catch (IOException e) when (IsHeldByOther(e))
        {
            return null;
        }

        WriteHolder(file);
        return new CrossProcessLock(file, path);
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        // The file is never deleted: somebody may have it open already, and a second file would be a second lock.
        if (_file.CanWrite) _file.SetLength(0);
        _file.Dispose();
    }

    // EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static bool IsHeldByOther(IOException exception) =>
        exception.GetType() == typeof(IOException) && exception.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    private static void WriteHolder(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
        }
        catch (IOException)
        {
            // The number only serves a message; a full disk is no reason not to hold the lock.
        }
    }

    private static int? ReadHolder(string path)
    {
        try
        {
            // Linux only: elsewhere a locked file cannot be read.
            byte[] content = LocalFileStore.Instance.Read(path, maxBytes: 32);
            return int.TryParse(content.AsSpan().TrimEnd((byte)'\n'), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;
        }
        catch (Exception e) when (FileStoreSteps.IsStorageFailure(e) || e is PathRefusedException)
        {
            return null;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
