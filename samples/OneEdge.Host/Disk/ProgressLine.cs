using System.Globalization;

namespace OneEdge.Host.Disk;

/// <summary>One line on a terminal that tells how far long work is; nothing elsewhere.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether the output is for a program.</param>
/// <param name="what">What is being done.</param>
internal sealed class ProgressLine(HostIo io, bool isJson, string what) : IDisposable
{
    private const int Width = 30;
    private readonly bool _isShown = io.IsRich && !isJson;
    private readonly Lock _lock = new();
    private int _last = -1;

    public void Report(long done, long total, double bytesPerSecond = 0)
    {
        int percent = total == 0 ? 100 : (int)(done * 100 / total);
        lock (_lock)
        {
            if (!_isShown || percent == _last) return;
            _last = percent;
            int filled = percent * Width / 100;
            string rate = bytesPerSecond > 0 ? $", {Bytes.Text((long)bytesPerSecond)}/s" : "";
            string bar = new string('#', filled) + new string('.', Width - filled);
            io.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what} [{bar}] {percent,3} % of {Bytes.Text(total)}{rate}   "));
            io.Error.Flush();
        }
    }

    // The line is removed again.
    public void Dispose()
    {
        if (_isShown && _last >= 0) io.Error.Write("\r" + new string(' ', Math.Min(io.Width - 1, Width + 60)) + "\r");
    }
}
