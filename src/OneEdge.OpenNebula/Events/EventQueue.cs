using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace OneEdge.OpenNebula;

/// <summary>
/// What waits for one who watches. It is bounded: what does not fit is left out, and a gap stands in its place. A gap that still waits stands for what
/// is left out behind it, too: whoever gets it reads afterwards.
/// </summary>
internal sealed class EventQueue(EventQueueOptions options)
{
    private readonly Lock _gate = new();
    private readonly Channel<object> _items = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private int _count;
    private long _bytes;
    private bool _endsInGap;

    /// <summary>Adds a message. Never waits.</summary>
    public void Add(HookEnvelope message)
    {
        lock (_gate)
        {
            if (_count < options.Capacity && _bytes + message.Size <= options.MaxBytes)
            {
                Write(message, message.Size, isGap: false);
            }
            else if (!_endsInGap || _count == 0)
            {
                Write(new Gap(GapReason.Overflow), 0, isGap: true);
            }
        }
    }

    /// <summary>Adds a gap, unless the last thing that waits is one.</summary>
    public void Add(Gap gap)
    {
        lock (_gate)
        {
            if (!_endsInGap || _count == 0) Write(gap, 0, isGap: true);
        }
    }

    /// <summary>Lets the reader know that nothing more comes, after what waits.</summary>
    public void Complete(Exception reason) => _items.Writer.TryComplete(reason);

    /// <summary>The next message or gap.</summary>
    public async ValueTask<object> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // A reader that always finds something would never see that it shall stop.
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(out object? item)) return item;
            if (!await _items.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)) await _items.Reader.Completion.ConfigureAwait(false);
        }
    }

    /// <summary>The next message or gap, if one waits.</summary>
    public bool TryTake([NotNullWhen(true)] out object? item)
    {
        lock (_gate)
        {
            if (!_items.Reader.TryRead(out item)) return false;
            _count--;
            _bytes -= item is HookEnvelope message ? message.Size : 0;
            return true;
        }
    }

    private void Write(object item, int size, bool isGap)
    {
        if (!_items.Writer.TryWrite(item)) return;
        _count++;
        _bytes += size;
        _endsInGap = isGap;
    }
}
