using System.Text.Json;

namespace OneEdge.Storage;

/// <summary>Writes what <c>qemu-img check --output=json</c> of qemu 7.2 prints, in the order of its names in the QAPI schema.</summary>
internal static class CheckJson
{
    public static string Of(Qcow2CheckResult result, bool indented) => ImageJson.Text(indented, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("filename", result.File);
        writer.WriteString("format", "qcow2");
        writer.WriteNumber("check-errors", result.CheckErrors);
        Write(writer, "image-end-offset", result.ImageEndOffset);
        Write(writer, "corruptions", result.Corruptions);
        Write(writer, "leaks", result.Leaks);
        Write(writer, "total-clusters", result.TotalClusters);
        Write(writer, "allocated-clusters", result.AllocatedClusters);
        Write(writer, "fragmented-clusters", result.FragmentedClusters);
        Write(writer, "compressed-clusters", result.CompressedClusters);
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string name, long value)
    {
        if (value != 0) writer.WriteNumber(name, value);
    }
}
