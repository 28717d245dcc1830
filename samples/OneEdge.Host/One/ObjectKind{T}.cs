using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>A kind of object and the record that it is read into.</summary>
internal sealed class ObjectKind<T> : ObjectKind
    where T : OpenNebulaObject
{
    /// <summary>The element that OpenNebula's XML has for one.</summary>
    public required string Element { get; init; }

    /// <summary>Lists them.</summary>
    public required Func<IOpenNebulaClient, ListQuery, CancellationToken, IAsyncEnumerable<T>> List { get; init; }

    /// <summary>Reads one; <see langword="null"/> where OpenNebula has no call for that.</summary>
    public Func<IOpenNebulaClient, int, CancellationToken, Task<T>>? Get { get; init; }

    /// <summary>The options that choose what is listed.</summary>
    public Func<ListOptions> Options { get; init; } = static () => new ListOptions();

    /// <summary>The columns after the id and the name.</summary>
    public required IReadOnlyList<Column<T>> Columns { get; init; }

    protected override IEnumerable<HostCommand> CreateReaders(HostIo io)
    {
        yield return CreateList(io);
        if (Get is not null) yield return CreateShow(io, Get);
    }

    private HostCommand CreateList(HostIo io)
    {
        var cloud = new CloudOptions();
        ListOptions options = Options();
        var command = new HostCommand("list", $"Lists {Plural}.", $"one {Name} list", $"one {Name} list --output json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OpenCloud open = await cloud.OpenAsync(parsed, io, cancellationToken);
            IAsyncEnumerable<T> all = List(open.Client, options.Read(parsed), cancellationToken);
            if (OutputOption.IsJson(parsed)) await WriteJsonAsync(io, all, cancellationToken);
            else new Screen(io).Table(["ID", "NAME", .. Columns.Select(c => c.Heading)], await all.Select(Row).ToListAsync(cancellationToken));
            return ExitCode.Done;
        });
        foreach (Option option in options.All) command.Add(option);
        return cloud.AddTo(command);
    }

    private HostCommand CreateShow(HostIo io, Func<IOpenNebulaClient, int, CancellationToken, Task<T>> get)
    {
        var cloud = new CloudOptions();
        Argument<int> id = IdArgument.Create();
        Option<bool> showSecrets = SecretsOption.Create("Don't mask secret-looking values; JSON always carries them.");
        var command = new HostCommand(
            "show", $"Shows one of the {Plural}, with everything that the server tells of it.", $"one {Name} show 4", $"one {Name} show 4 --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OpenCloud open = await cloud.OpenAsync(parsed, io, cancellationToken);
            T item = await get(open.Client, parsed.GetRequiredValue(id), cancellationToken);
            if (OutputOption.IsJson(parsed)) JsonOutput.Write(io, json => XmlJson.WriteDocument(json, Element, item.Xml));
            else ObjectText.Write(io, item, Columns.Select(c => (c.Heading, c.Cell(item))), parsed.GetValue(showSecrets));
            return ExitCode.Done;
        });
        return cloud.AddTo(command.With(id, showSecrets));
    }

    private IReadOnlyList<string> Row(T item) => [Text.Of(item.Id), item.Name, .. Columns.Select(c => c.Cell(item))];

    // As a document of the pool: {"VM_POOL": {"VM": [...]}}, the list always being one; written while the pool is read.
    private async Task WriteJsonAsync(HostIo io, IAsyncEnumerable<T> all, CancellationToken cancellationToken)
    {
        using var output = new JsonStream(io);
        output.Json.WriteStartObject();
        output.Json.WriteStartObject($"{Element}_POOL");
        output.Json.WriteStartArray(Element);
        await foreach (T item in all.WithCancellation(cancellationToken))
        {
            XmlJson.WriteElement(output.Json, item.Xml);
            output.Drain();
        }

        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
        output.Json.WriteEndObject();
        output.End();
    }
}
