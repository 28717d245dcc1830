using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>
/// The topic of a message, taken apart (OpenNebula 6.10 source, <c>src/hm_mad/one_hm.rb</c>). It is read to the letter, the blank at the end of the topics of
/// states included: what is not as it should be is <see cref="HookTopicForm.Malformed"/>.
/// </summary>
internal readonly struct HookTopic
{
    private const string Event = "EVENT ";
    private const string Retry = "RETRY";

    private HookTopic(string text, HookTopicForm form) => (Text, Form) = (text, form);

    /// <summary>The topic as published.</summary>
    public string Text { get; }

    /// <summary>Its form.</summary>
    public HookTopicForm Form { get; private init; }

    /// <summary>Whose state changed, in the first two forms.</summary>
    public EventObject Kind { get; private init; }

    /// <summary>The id of the object or of the service; -1 for a service whose name is no number, and for calls.</summary>
    public int Id { get; private init; } = -1;

    /// <summary>The name of the state.</summary>
    public ReadOnlySpan<char> State => Text.AsSpan()[StateAt];

    /// <summary>The name of the state of the life-cycle manager; empty for all but virtual machines.</summary>
    public ReadOnlySpan<char> LcmState => Text.AsSpan()[LcmAt];

    /// <summary>The service as published.</summary>
    public ReadOnlySpan<char> Service => Form == HookTopicForm.Service ? Text.AsSpan()[StateAt] : default;

    /// <summary>The call.</summary>
    public ReadOnlySpan<char> Call => Form == HookTopicForm.Api ? Text.AsSpan()[StateAt] : default;

    /// <summary>Whether the call succeeded.</summary>
    public bool Succeeded { get; private init; }

    private Range StateAt { get; init; }

    private Range LcmAt { get; init; }

    /// <summary>Takes a topic apart.</summary>
    public static HookTopic Parse(string text)
    {
        if (text == Retry) return new HookTopic(text, HookTopicForm.Retry);
        if (!text.StartsWith(Event, StringComparison.Ordinal)) return new HookTopic(text, HookTopicForm.Unknown);
        ReadOnlySpan<char> rest = text.AsSpan(Event.Length);
        int blank = rest.IndexOf(' ');
        if (blank < 0) return new HookTopic(text, HookTopicForm.Unknown);
        int start = Event.Length + blank + 1;
        ReadOnlySpan<char> word = rest[..blank];
        if (word is "API") return Api(text, start);
        if (word is "SERVICE") return ServiceOf(text, start);
        if (word is "STATE") return ByState(text, start);
        return TryKind(word, out EventObject kind) ? ByObject(text, start, kind) : new HookTopic(text, HookTopicForm.Unknown);
    }

    /// <summary>The word for a kind of object.</summary>
    public static string Word(EventObject kind) => kind switch
    {
        EventObject.VirtualMachine => "VM",
        EventObject.Host => "HOST",
        EventObject.Image => "IMAGE",
        _ => "NET",
    };

    /// <summary>A number as the server writes it: digits, and no zero before them.</summary>
    public static bool TryId(ReadOnlySpan<char> text, out int id) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && (text[0] != '0' || text.Length == 1);

    public static bool TryKind(ReadOnlySpan<char> word, out EventObject kind)
    {
        kind = word switch { "VM" => EventObject.VirtualMachine, "HOST" => EventObject.Host, "IMAGE" => EventObject.Image, _ => EventObject.VirtualNetwork };
        return kind != EventObject.VirtualNetwork || word is "NET";
    }

    private static HookTopic Api(string text, int start)
    {
        int end = text.Length - 2;
        if (end <= start || text[end] != ' ' || text[end + 1] is not ('0' or '1') || text.AsSpan()[start..end].Contains(' ')) return Malformed(text);
        return new HookTopic(text, HookTopicForm.Api) { StateAt = start..end, Succeeded = text[^1] == '1' };
    }

    // SERVICE_ID is what the owner of the machine wrote: most often the number of a service.
    private static HookTopic ServiceOf(string text, int start)
    {
        int end = text.Length - 1;
        if (end <= start || text[end] != ' ') return Malformed(text);
        return new HookTopic(text, HookTopicForm.Service) { StateAt = start..end, Id = TryId(text.AsSpan()[start..end], out int id) ? id : -1 };
    }

    private static HookTopic ByObject(string text, int start, EventObject kind)
    {
        Span<Range> parts = stackalloc Range[4];
        if (!TrySplit(text, start, parts[..3]) || !TryId(text.AsSpan()[parts[0]], out int id)) return Malformed(text);
        return States(new HookTopic(text, HookTopicForm.Object) { Kind = kind, Id = id, StateAt = parts[1], LcmAt = parts[2] });
    }

    private static HookTopic ByState(string text, int start)
    {
        Span<Range> parts = stackalloc Range[4];
        if (!TrySplit(text, start, parts) || !TryId(text.AsSpan()[parts[3]], out int id)) return Malformed(text);
        if (!TryKind(text.AsSpan()[parts[0]], out EventObject kind)) return new HookTopic(text, HookTopicForm.Unknown);
        return States(new HookTopic(text, HookTopicForm.State) { Kind = kind, Id = id, StateAt = parts[1], LcmAt = parts[2] });
    }

    private static HookTopic States(HookTopic topic)
    {
        // Of the other kinds some states have no name.
        bool isComplete = topic.Kind == EventObject.VirtualMachine ? !topic.State.IsEmpty && !topic.LcmState.IsEmpty : topic.LcmState.IsEmpty;
        return isComplete ? topic : Malformed(topic.Text);
    }

    private static HookTopic Malformed(string text) => new(text, HookTopicForm.Malformed);

    // Parts between slashes, and one blank at the end.
    private static bool TrySplit(string text, int start, Span<Range> parts)
    {
        int end = text.Length - 1;
        if (end < start || text[end] != ' ' || text.AsSpan()[start..end].Contains(' ')) return false;
        for (int i = 0; i < parts.Length - 1; i++)
        {
            int slash = text.AsSpan()[start..end].IndexOf('/');
            if (slash < 0) return false;
            parts[i] = start..(start + slash);
            start += slash + 1;
        }

        parts[^1] = start..end;
        return !text.AsSpan()[start..end].Contains('/');
    }
}
