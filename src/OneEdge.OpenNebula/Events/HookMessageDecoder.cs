using System.Buffers;
using System.Buffers.Text;
using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>
/// Makes events of messages (OpenNebula 6.10 source, <c>src/hm/HookState*.cc</c> and <c>HookAPI.cc</c>). A whole message is checked, but of the object in it
/// nothing is kept except its bytes.
/// </summary>
internal static class HookMessageDecoder
{
    /// <summary>Decodes a message.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="payload">Its payload without base64.</param>
    /// <exception cref="OpenNebulaException">The message is not what it should be.</exception>
    public static CloudEvent Decode(in HookTopic topic, ReadOnlyMemory<byte> payload) => topic.Form switch
    {
        HookTopicForm.Object or HookTopicForm.State or HookTopicForm.Service => DecodeState(topic, payload),
        HookTopicForm.Api => ApiMessage.Decode(topic, payload),
        HookTopicForm.Retry => DecodeRetry(payload),
        HookTopicForm.Unknown => new UnknownEvent(topic.Text, payload),
        _ => throw Invalid("its topic is malformed"),
    };

    /// <summary>The bytes that the second frame of a message stands for.</summary>
    /// <exception cref="OpenNebulaException">It is no base64.</exception>
    public static ReadOnlyMemory<byte> DecodeFrame(in HookTopic topic, ReadOnlyMemory<byte> frame)
    {
        ReadOnlySpan<byte> text = frame.Span;
        if (topic.Form == HookTopicForm.Retry && text.IndexOf((byte)' ') is >= 0 and var blank) text = text[..blank];
        byte[] bytes = GC.AllocateUninitializedArray<byte>(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        if (Base64.DecodeFromUtf8(text, bytes, out _, out int written) == OperationStatus.Done) return bytes.AsMemory(0, written);
        return topic.Form == HookTopicForm.Unknown ? frame : throw Invalid("its payload is no base64");
    }

    /// <summary>A message that is not what it should be.</summary>
    public static OpenNebulaException Invalid(string what) => new(OpenNebulaErrorCodes.EventInvalid, $"A message of the hook manager cannot be read: {what}.");

    private static CloudEvent DecodeState(in HookTopic topic, ReadOnlyMemory<byte> payload)
    {
        StateMessage message = StateMessage.Read(payload);
        EventObject kind = message.Kind;
        if (topic.Form == HookTopicForm.Service)
        {
            if (kind != EventObject.VirtualMachine || !topic.Service.SequenceEqual(message.ServiceId))
                throw Invalid("topic and payload name different services");
        }
        else if (kind != topic.Kind || message.Id != topic.Id)
        {
            throw Invalid("topic and payload name different objects");
        }
        else if (!topic.State.SequenceEqual(message.State) || !topic.LcmState.SequenceEqual(message.LcmState))
        {
            throw Invalid("topic and payload name different states");
        }

        return message.ToEvent();
    }

    private static HookRetried DecodeRetry(ReadOnlyMemory<byte> payload)
    {
        var reader = new Utf8XmlReader(payload.Span);
        reader.Read();
        if (!reader.Name.SequenceEqual("HOOK_MESSAGE"u8)) throw Invalid("its payload is no HOOK_MESSAGE");
        int? hook = null;
        string? arguments = null;
        while (reader.ReadToChild())
        {
            if (reader.Name.SequenceEqual("HOOK_ID"u8)) hook = reader.ReadInt32();
            else if (reader.Name.SequenceEqual("ARGUMENTS"u8)) arguments = Arguments(reader.ReadContent());
            else reader.SkipElement();
        }

        reader.Read();
        return new HookRetried(hook ?? throw Invalid("it names no hook"), arguments ?? "");
    }

    private static string Arguments(ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out int written) != OperationStatus.Done) throw Invalid("the arguments of the hook are no base64");
        return Encoding.UTF8.GetString(bytes, 0, written);
    }
}
