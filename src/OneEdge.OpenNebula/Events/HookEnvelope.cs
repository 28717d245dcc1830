namespace OneEdge.OpenNebula;

/// <summary>A message on its way to those who watch: decoded when the first of them comes to it, for all of them.</summary>
internal sealed class HookEnvelope
{
    private readonly HookTopic _topic;
    private readonly ReadOnlyMemory<byte> _payload;
    private readonly bool _isBase64;
    private readonly string? _failure;
    private CloudEvent? _event;

    /// <summary>A message.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="isBase64">Whether the payload is still a frame in base64.</param>
    public HookEnvelope(in HookTopic topic, ReadOnlyMemory<byte> payload, bool isBase64) => (_topic, _payload, _isBase64) = (topic, payload, isBase64);

    /// <summary>Something that is no message.</summary>
    /// <param name="topic">What stands in the place of its topic.</param>
    /// <param name="failure">Why it is none.</param>
    public HookEnvelope(in HookTopic topic, string failure) => (_topic, _failure) = (topic, failure);

    public ref readonly HookTopic Topic => ref _topic;

    public int Size => _payload.Length;

    /// <summary>The event; a gap when there is none to be had.</summary>
    public CloudEvent Event => Volatile.Read(ref _event) ?? Decode();

    private CloudEvent Decode()
    {
        CloudEvent made;
        try
        {
            if (_failure is not null) throw HookMessageDecoder.Invalid(_failure);
            made = HookMessageDecoder.Decode(_topic, _isBase64 ? HookMessageDecoder.DecodeFrame(_topic, _payload) : _payload);
        }
        catch (OpenNebulaException e)
        {
            made = new Gap(GapReason.Undecodable, $"{e.Code}: {e.Message}");
        }

        return Interlocked.CompareExchange(ref _event, made, null) ?? made;
    }
}
