using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Instantiation;

/// <summary>From a template to a service, and from a service to its virtual machines. Nothing is asked of anybody here.</summary>
public static class ServiceInstantiation
{
    private static readonly string[] RunTimeMembersOfService = ["log", OwnMember.Name];
    private static readonly string[] RunTimeMembersOfRole = ["nodes", "last_vmname", "scale_way", OwnMember.Name];

    /// <summary>Makes the first document of a service: the template, merged, with the values of custom attributes in the template texts of its roles.</summary>
    /// <param name="template">The body of the template, checked; checked after the merge when there is one (see <see cref="TemplateMerge"/>).</param>
    /// <param name="mergeTemplate">What goes into it; undefined for nothing.</param>
    /// <param name="owner">Whose the service will be.</param>
    /// <param name="id">The id of the document; zero before there is one, see <see cref="Service.Id"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">How it is made; <see langword="null"/> for the defaults.</param>
    /// <returns>The service, <see cref="ServiceState.Pending"/>.</returns>
    /// <exception cref="FlowException">
    /// The template cannot be used (<see cref="FlowErrorCodes.InstantiationInvalid"/>, <see cref="FlowErrorCodes.ServiceUnreadable"/>), or values of custom
    /// attributes (<see cref="FlowErrorCodes.AttributesInvalid"/>, <see cref="FlowErrorCodes.ValueUnwritable"/>), or of networks
    /// (<see cref="FlowErrorCodes.NetworksInvalid"/>).
    /// </exception>
    public static Service Create(
        JsonElement template, JsonElement mergeTemplate, ServiceOwner owner, int id, DateTimeOffset now, InstantiationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        JsonElement merged = TemplateMerge.Merge(template, mergeTemplate, options?.Matching ?? MergeMatching.Position);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, MaxDepth = 72 }))
        {
            WriteBody(writer, merged, now);
        }

        Service service = ServiceDocument.Total(() => ServiceMembers.Read(id, "", owner, ServiceDocument.Parse(buffer.WrittenSpan)));
        return service with { Name = service.Definition.Name, Networks = [.. service.Networks.Select(Checked)] };
    }

    /// <summary>
    /// Puts the ids of networks into the template texts of the roles, for <c>$Name</c>. The original does so when it has made the networks, and stores the
    /// result. The name of a network that has no id yet stays.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <returns>The service, changed or not.</returns>
    public static Service PutNetworks(Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        bool isChanged = false;
        ImmutableArray<Role> roles =
        [
            .. service.Roles.Select(role =>
            {
                string? contents = role.Definition.VmTemplateContents;
                string? put = contents is null ? null : PutNetworks(service, contents);
                if (put == contents) return role;
                isChanged = true;
                return role with { Definition = role.Definition with { VmTemplateContents = put } };
            }),
        ];
        return isChanged ? service with { Roles = roles } : service;
    }

    /// <summary>Says what is asked of the cloud for a new virtual machine.</summary>
    /// <param name="service">The service, its networks made.</param>
    /// <param name="role">The name of the role.</param>
    /// <param name="number">The number of the virtual machine (<see cref="Role.NextVmNumber"/>).</param>
    /// <param name="options">How it is made; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such role.</exception>
    /// <exception cref="FlowException">The id of a network cannot stand where its name does (<see cref="FlowErrorCodes.ValueUnwritable"/>).</exception>
    public static VmOrder Compose(Service service, string role, int number, InstantiationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        Role found = service.Roles.FirstOrDefault(r => r.Name == role) ?? throw new ArgumentException($"The service has no role '{role}'.", nameof(role));
        string contents = PutNetworks(service, found.Definition.VmTemplateContents ?? "");
        return new VmOrder
        {
            TemplateId = found.Definition.VmTemplate,
            Name = VmName(service, found, number, (options?.VmNameTemplate ?? InstantiationOptions.DefaultVmNameTemplate).AsSpan()),
            OnHold = found.OnHold,
            ExtraTemplate = $"{contents}\nSERVICE_ID = {Number(service.Id)}\nROLE_NAME = \"{found.Name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            Appended = Appended(contents),
            References =
            [
                .. ContentsText.References(contents).Select(r => Reference(service, found, contents[(r.Start + 2)..(r.End - 1)])).DistinctBy(r => r.Text),
            ],
        };
    }

    private static void WriteBody(Utf8JsonWriter writer, JsonElement body, DateTimeOffset now)
    {
        writer.WriteStartObject();
        foreach ((string name, JsonElement value) in Members(body))
        {
            if (name is "state" or "start_time" || RunTimeMembersOfService.Contains(name)) continue;
            writer.WritePropertyName(name);
            if (name == "roles" && value.ValueKind == JsonValueKind.Array) WriteRoles(writer, body, value);
            else LenientJson.WriteRaw(writer, value);
        }

        writer.WriteNumber("state"u8, 0);
        writer.WriteNumber("start_time"u8, now.ToUnixTimeSeconds());
        writer.WriteEndObject();
    }

    private static void WriteRoles(Utf8JsonWriter writer, JsonElement body, JsonElement roles)
    {
        writer.WriteStartArray();
        foreach (JsonElement role in roles.EnumerateArray())
        {
            if (role.ValueKind == JsonValueKind.Object) WriteRole(writer, role, new RoleAttributes(body, role).Contents());
            else LenientJson.WriteRaw(writer, role);
        }

        writer.WriteEndArray();
    }

    // A template that was made of a service has no virtual machines of that service in it.
    private static void WriteRole(Utf8JsonWriter writer, JsonElement role, string? contents)
    {
        const string Contents = "vm_template_contents";
        bool isWritten = contents is null ||
            (role.TryGetProperty("template_contents"u8, out JsonElement version7) && TemplateContentsJson.ToText(version7) == contents);
        writer.WriteStartObject();
        foreach ((string name, JsonElement value) in Members(role))
        {
            if (name == "state" || RunTimeMembersOfRole.Contains(name)) continue;
            if (name == Contents && contents is not null)
            {
                writer.WriteString(Contents, contents);
                isWritten = true;
                continue;
            }

            writer.WritePropertyName(name);
            LenientJson.WriteRaw(writer, value);
        }

        if (!isWritten) writer.WriteString(Contents, contents);
        writer.WriteNumber("state"u8, 0);
        writer.WriteEndObject();
    }

    // Of a name that is repeated the last value counts.
    private static Dictionary<string, JsonElement> Members(JsonElement owner)
    {
        var last = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty property in owner.EnumerateObject()) last[property.Name] = property.Value;
        return last;
    }

    // A network with an id is there, whatever else is said; only the others are made, and deleted at the end.
    private static ServiceNetwork Checked(ServiceNetwork network)
    {
        JsonElement value = network.Members.Value;
        if (LenientJson.Has(value, "id"u8) && LenientJson.Text(value, "id"u8) != "")
        {
            if (network.NetworkId is null) throw Invalid(network, "'id' is no number");
            return network with { Kind = NetworkKind.Existing, Source = null };
        }

        if (network.Kind != NetworkKind.Existing && network.Source is null)
            throw Invalid(network, network.Kind == NetworkKind.Template ? "'template_id' is no number" : "'reserve_from' is no number");
        return network;
    }

    private static FlowException Invalid(ServiceNetwork network, string reason) =>
        new(FlowErrorCodes.NetworksInvalid, $"The network '{network.Name}' in networks_values cannot be used: {reason}.");

    private static string PutNetworks(Service service, string contents)
    {
        if (service.Networks.IsEmpty) return contents;
        return ContentsText.PutWords(contents, word =>
        {
            ServiceNetwork? network = service.Networks.FirstOrDefault(n => n.Name == word);
            if (network is null) return null;
            // One of which nothing is known is empty; one that is to be made waits.
            return network.NetworkId is { } id ? Number(id) : network.Kind == NetworkKind.Existing ? "" : null;
        });
    }

    private static ParentReference Reference(Service service, Role role, string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string parent = point < 0 ? text : text[..point];
        string path = point < 0 ? "" : text[(point + 1)..].ToUpperInvariant().Replace('.', '/');
        Role? found = path.Length > 0 && role.Definition.Parents.Contains(parent) ? service.Roles.FirstOrDefault(r => r.Name == parent) : null;
        return new ParentReference(text, found is null ? [] : [.. found.Nodes.Select(n => n.VmId)], path);
    }

    // A line of its own, as the original looks for it: APPEND="A,B".
    private static ImmutableArray<string> Appended(string contents)
    {
        const string Append = "APPEND=";
        foreach (ReadOnlySpan<char> line in contents.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> text = line.Trim();
            if (!text.StartsWith(Append, StringComparison.Ordinal)) continue;
            text = text[Append.Length..];
            if (text.StartsWith("\"")) text = text[1..];
            if (text.EndsWith("\"")) text = text[..^1];
            return [.. text.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        }

        return [];
    }

    private static string VmName(Service service, Role role, int number, ReadOnlySpan<char> template)
    {
        (string Name, string Value)[] values =
        [
            ("$SERVICE_ID", Number(service.Id)), ("$SERVICE_NAME", service.Name), ("$ROLE_NAME", role.Name), ("$VM_NUMBER", Number(number)),
        ];
        var name = new StringBuilder();
        for (int i = 0; i < template.Length;)
        {
            (string Name, string Value) found = default;
            foreach ((string Name, string Value) value in values)
            {
                if (template[i..].StartsWith(value.Name)) found = value;
            }

            if (found.Name is null) name.Append(template[i++]);
            else name.Append(found.Value);
            i += found.Name?.Length ?? 0;
        }

        return name.ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
