using System.Globalization;
using System.Text.Json;
using OneEdge.Host.Cli;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary>What a cache holds, as JSON.</summary>
internal static class StatusJson
{
    public static void Write(HostIo io, ReplicaCacheStatus status, ReplicaOptions options) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteString("host", status.Host);
        json.WriteString("directory", status.Directory);
        json.WriteNumber("usedBytes", status.UsedBytes);
        json.WriteStartArray("datastores");
        foreach (CachedDatastore datastore in status.Datastores) WriteDatastore(json, datastore, options);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Writes the members of an image.</summary>
    public static void WriteImage(Utf8JsonWriter json, CachedImage image)
    {
        json.WriteStartObject();
        json.WriteNumber("datastore", image.DatastoreId);
        json.WriteString("name", image.Name);
        json.WriteNumber("bytes", image.Bytes);
        json.WriteNumber("length", image.Length);
        json.WriteString("lastUse", image.LastUse.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("content", image.Validity.ToString().ToLowerInvariant());
        json.WriteString("digest", image.Digest);
        json.WriteNumber("leases", image.Leases);
        json.WriteString("keptBecause", ImageText.UseWord(image.Use));
        json.WriteEndObject();
    }

    private static void WriteDatastore(Utf8JsonWriter json, CachedDatastore datastore, ReplicaOptions options)
    {
        json.WriteStartObject();
        json.WriteNumber("id", datastore.Id);
        json.WriteString("directory", datastore.Directory);
        json.WriteNumber("usedBytes", datastore.UsedBytes);
        json.WriteNumber("limitBytes", datastore.LimitBytes(options));
        json.WriteNumber("availableBytes", datastore.AvailableBytes);
        json.WriteStartArray("images");
        foreach (CachedImage image in datastore.Images) WriteImage(json, image);
        json.WriteEndArray();
        json.WriteStartArray("unfinished");
        foreach (UnfinishedCopy copy in datastore.Unfinished)
        {
            json.WriteStartObject();
            json.WriteString("name", copy.Name);
            json.WriteNumber("bytes", copy.Bytes);
            json.WriteBoolean("goesOn", copy.IsBeingCopied);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
