using System.Text.Json;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary>A comparison as JSON; values are carried, secret or not.</summary>
internal static class DiffJson
{
    public static void Write(HostIo io, IReadOnlyList<FileDifference> files, IReadOnlyList<Diagnostic> findings) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("differs", files.Count > 0);
        json.WriteStartArray("files");
        foreach (FileDifference file in files) WriteFile(json, file);
        json.WriteEndArray();
        JsonOutput.WriteFindings(json, "findings", findings);
        json.WriteEndObject();
    });

    private static void WriteFile(Utf8JsonWriter json, FileDifference file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.Name);
        json.WriteString("format", file.Format.Name);
        json.WriteString("status", file.Old is null ? "only-in-new" : file.New is null ? "only-in-old" : "changed");
        json.WriteStartArray("changes");
        foreach (ConfigChange change in file.Changes)
        {
            json.WriteStartObject();
            json.WriteString("action", PatchJson.Action(change.Kind));
            json.WriteString("path", change.Target.ToString());
            JsonOutput.WriteValue(json, "value", change.Value);
            JsonOutput.WriteValue(json, "old", change.Old);
            json.WriteString("line", change.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
