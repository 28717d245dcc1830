using System.Buffers;
using System.Text.Json;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Instantiation;

/// <summary>
/// Puts what somebody asks for when a service is created (<c>merge_template</c>) into the template: objects are merged by their members, what is no object and
/// no array replaces what was there, an empty array changes nothing.
/// </summary>
public static class TemplateMerge
{
    private const int MaxDepth = 72;

    /// <summary>Merges.</summary>
    /// <param name="template">The body of the template.</param>
    /// <param name="mergeTemplate">What goes into it; undefined and <see langword="null"/> for nothing.</param>
    /// <param name="matching">How roles and networks are found.</param>
    /// <returns>The merged body. It is not checked.</returns>
    /// <exception cref="FlowException">One of them is no object (<see cref="FlowErrorCodes.InstantiationInvalid"/>).</exception>
    public static JsonElement Merge(JsonElement template, JsonElement mergeTemplate, MergeMatching matching = MergeMatching.Position)
    {
        if (template.ValueKind != JsonValueKind.Object) throw new FlowException(FlowErrorCodes.InstantiationInvalid, "The template is no JSON object.");
        if (mergeTemplate.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return template;
        if (mergeTemplate.ValueKind != JsonValueKind.Object)
            throw new FlowException(FlowErrorCodes.InstantiationInvalid, "'merge_template' is no JSON object.");
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, MaxDepth = MaxDepth }))
        {
            new Merger(writer, matching).Object(template, mergeTemplate, isRoot: true);
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    private readonly struct Merger(Utf8JsonWriter writer, MergeMatching matching)
    {
        public void Object(JsonElement template, JsonElement merge, bool isRoot = false)
        {
            Dictionary<string, JsonElement> left = Last(merge);
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in Last(template))
            {
                writer.WritePropertyName(name);
                if (left.Remove(name, out JsonElement other)) Value(value, other, isRoot ? name : null);
                else LenientJson.WriteRaw(writer, value);
            }

            foreach ((string name, JsonElement value) in Last(merge))
            {
                if (!left.ContainsKey(name)) continue;
                writer.WritePropertyName(name);
                LenientJson.WriteRaw(writer, value);
            }

            writer.WriteEndObject();
        }

        private void Value(JsonElement template, JsonElement merge, string? rootName = null)
        {
            if (template.ValueKind == JsonValueKind.Object && merge.ValueKind == JsonValueKind.Object) Object(template, merge);
            else if (template.ValueKind != JsonValueKind.Array || merge.ValueKind != JsonValueKind.Array) LenientJson.WriteRaw(writer, merge);
            else if (merge.GetArrayLength() == 0) LenientJson.WriteRaw(writer, template);
            else if (matching == MergeMatching.Position) ByPosition([.. template.EnumerateArray()], [.. merge.EnumerateArray()], merge);
            else if (rootName == "roles") RolesByName([.. template.EnumerateArray()], [.. merge.EnumerateArray()]);
            else if (rootName == "networks_values") NetworksByName([.. template.EnumerateArray()], [.. merge.EnumerateArray()]);
            else All(template.EnumerateArray().Concat(merge.EnumerateArray()));
        }

        private void ByPosition(JsonElement[] template, JsonElement[] merge, JsonElement whole)
        {
            bool arePairs = merge.Length <= template.Length &&
                merge.Zip(template).All(p => p.First.ValueKind == JsonValueKind.Object && p.Second.ValueKind == JsonValueKind.Object);
            if (!arePairs)
            {
                LenientJson.WriteRaw(writer, whole);
                return;
            }

            writer.WriteStartArray();
            for (int i = 0; i < template.Length; i++)
            {
                if (i < merge.Length) Object(template[i], merge[i]);
                else LenientJson.WriteRaw(writer, template[i]);
            }

            writer.WriteEndArray();
        }

        private void RolesByName(JsonElement[] template, JsonElement[] merge)
        {
            bool[] isUsed = new bool[merge.Length];
            writer.WriteStartArray();
            for (int i = 0; i < template.Length; i++)
            {
                string? name = NameOf(template[i]);
                int match = name is null ? -1 : Array.FindIndex(merge, role => NameOf(role) == name);
                if (match < 0 && i < merge.Length && merge[i].ValueKind == JsonValueKind.Object && NameOf(merge[i]) is null) match = i;
                if (match >= 0) isUsed[match] = true;
                if (match >= 0) Value(template[i], merge[match]);
                else LenientJson.WriteRaw(writer, template[i]);
            }

            for (int i = 0; i < merge.Length; i++)
            {
                if (!isUsed[i]) LenientJson.WriteRaw(writer, merge[i]);
            }

            writer.WriteEndArray();
        }

        private void NetworksByName(JsonElement[] template, JsonElement[] merge)
        {
            var left = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (JsonProperty network in merge.Where(e => e.ValueKind == JsonValueKind.Object).SelectMany(e => e.EnumerateObject()))
                left.TryAdd(network.Name, network.Value);
            writer.WriteStartArray();
            foreach (JsonElement element in template)
            {
                if (element.ValueKind == JsonValueKind.Object) NetworkElement(element, left);
                else LenientJson.WriteRaw(writer, element);
            }

            foreach ((string name, JsonElement value) in left)
            {
                writer.WriteStartObject();
                writer.WritePropertyName(name);
                LenientJson.WriteRaw(writer, value);
                writer.WriteEndObject();
            }

            // Something else than an object is left to who checks the result.
            foreach (JsonElement element in merge.Where(e => e.ValueKind != JsonValueKind.Object)) LenientJson.WriteRaw(writer, element);
            writer.WriteEndArray();
        }

        private void NetworkElement(JsonElement element, Dictionary<string, JsonElement> left)
        {
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in Last(element))
            {
                writer.WritePropertyName(name);
                if (left.Remove(name, out JsonElement other)) Value(value, other);
                else LenientJson.WriteRaw(writer, value);
            }

            writer.WriteEndObject();
        }

        private void All(IEnumerable<JsonElement> elements)
        {
            writer.WriteStartArray();
            foreach (JsonElement element in elements) LenientJson.WriteRaw(writer, element);
            writer.WriteEndArray();
        }

        private static string? NameOf(JsonElement role) => role.ValueKind == JsonValueKind.Object ? LenientJson.Text(role, "name"u8) : null;

        // Of a name that is repeated the last value counts.
        private static Dictionary<string, JsonElement> Last(JsonElement owner)
        {
            var last = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (JsonProperty property in owner.EnumerateObject()) last[property.Name] = property.Value;
            return last;
        }
    }
}
