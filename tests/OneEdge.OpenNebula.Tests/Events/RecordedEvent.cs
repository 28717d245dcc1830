using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>A message, recorded from a real server.</summary>
internal sealed record RecordedEvent(string Name, string Topic, byte[] Frame, string PayloadXml)
{
    public static IEnumerable<RecordedEvent> All() =>
        Directory.EnumerateFiles(Path.Combine(ConformanceData.Area("opennebula"), "events"), "*.json").Order(StringComparer.Ordinal).Select(Read);

    public static RecordedEvent Named(string name) => All().Single(e => e.Name == name);

    public CloudEvent Decode() => new HookEnvelope(HookTopic.Parse(Topic), Frame, isBase64: true).Event;

    /// <summary>The message by another reader than ours.</summary>
    public XElement Root() => XDocument.Parse(PayloadXml, LoadOptions.PreserveWhitespace).Root!;

    private static RecordedEvent Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement root = document.RootElement;
        string frame = root.TryGetProperty("payload_base64", out JsonElement base64) ? base64.GetString()! : root.GetProperty("frame_1_raw").GetString()!;
        return new RecordedEvent(
            Path.GetFileNameWithoutExtension(file), root.GetProperty("topic").GetString()!, Encoding.ASCII.GetBytes(frame),
            root.GetProperty("payload_xml").GetString()!);
    }
}
