using System.Runtime.CompilerServices;

namespace OneEdge.Config.Formats;

/// <summary>Builds the first document of a text from its tokens, with the meaning of every node.</summary>
internal ref partial struct YamlParser
{
    private YamlScanner _scanner;
    private readonly ConfigLimits _limits;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tagHandles = new(StringComparer.Ordinal) { ["!"] = "!", ["!!"] = YamlTags.Core };
    private readonly List<(YamlNode Key, YamlNode Map)> _repeated = [];
    private YamlErrorException? _refusal;
    private int _depth;
    private int _end;

    public YamlParser(ReadOnlySpan<byte> text, int start, ConfigLimits limits)
    {
        _scanner = new YamlScanner(text, start);
        _limits = limits;
        _end = start;
    }

    /// <summary>The keys that repeat an earlier one of their mapping.</summary>
    public readonly IReadOnlyList<(YamlNode Key, YamlNode Map)> Repeated => _repeated;

    public YamlTree ParseDocument()
    {
        YamlToken token = _scanner.Peek();
        if (token.Kind == YamlTokenKind.StreamEnd) return new YamlTree(null, -1, token.Start.Offset, []);
        int marker = -1;
        if (ParseDirectives() || token.Kind == YamlTokenKind.DocumentStart)
        {
            marker = TakeMarker();
            token = _scanner.Peek();
        }

        YamlNode root = token.Kind is YamlTokenKind.VersionDirective or YamlTokenKind.TagDirective or YamlTokenKind.DocumentStart
            or YamlTokenKind.DocumentEnd or YamlTokenKind.StreamEnd && marker >= 0
            ? Empty()
            : ParseNode(block: true, indentless: false);
        YamlToken end = _scanner.Peek();
        if (_refusal is not null) throw _refusal;
        return new YamlTree(root, marker, end.Start.Offset, [.. _anchors.Keys]);
    }

    private int TakeMarker()
    {
        YamlToken token = _scanner.Peek();
        if (token.Kind != YamlTokenKind.DocumentStart)
            throw YamlErrorException.Syntax(null, token.Start, "did not find expected <document start>", token.Start);
        Take();
        return token.End.Offset;
    }

    private bool ParseDirectives()
    {
        bool any = false;
        bool version = false;
        var own = new HashSet<string>(StringComparer.Ordinal);
        while (_scanner.Peek() is { Kind: YamlTokenKind.VersionDirective or YamlTokenKind.TagDirective } token)
        {
            any = true;
            if (token.Kind == YamlTokenKind.VersionDirective)
            {
                if (version) throw YamlErrorException.Syntax(null, token.Start, "found duplicate %YAML directive", token.Start);
                if (token.Text is not ("1.1" or "1.2")) throw YamlErrorException.Syntax(null, token.Start, "found incompatible YAML document", token.Start);
                version = true;
            }
            else
            {
                if (!own.Add(token.Text)) throw YamlErrorException.Syntax(null, token.Start, "found duplicate %TAG directive", token.Start);
                _tagHandles[token.Text] = token.Suffix;
            }

            Take();
        }

        return any;
    }

    private void Take()
    {
        _end = _scanner.Peek().End.Offset;
        _scanner.Take();
    }

    // A value that is not there: it stands behind what was read last.
    private readonly YamlNode Empty() => new()
    {
        Kind = YamlNodeKind.Scalar,
        Style = YamlStyle.Plain,
        Start = _end,
        ContentStart = _end,
        End = _end,
        Column = 0,
    };

    private YamlNode ParseNode(bool block, bool indentless)
    {
        YamlToken token = _scanner.Peek();
        if (token.Kind == YamlTokenKind.Alias) return ParseAlias(token);
        if (++_depth > _limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw YamlErrorException.Limit($"Collections nest deeper than {_limits.MaxDepth} levels.", token.Start);
        Properties properties = ParseProperties();
        if (properties.Anchor is not null) _anchors[properties.Anchor] = null;
        token = _scanner.Peek();
        YamlNode node = ParseContent(token, properties, block, indentless);
        if (properties.Anchor is not null) _anchors[properties.Anchor] = node;
        _depth--;
        return node;
    }

    private YamlNode ParseContent(YamlToken token, Properties properties, bool block, bool indentless)
    {
        switch (token.Kind)
        {
            case YamlTokenKind.BlockEntry when indentless:
                return ParseSequence(NewNode(token, properties, YamlNodeKind.Sequence, YamlStyle.Block), indentless: true);
            case YamlTokenKind.Scalar:
                return ParseScalar(token, properties);
            case YamlTokenKind.FlowSequenceStart:
                return ParseFlowSequence(NewNode(token, properties, YamlNodeKind.Sequence, YamlStyle.Flow));
            case YamlTokenKind.FlowMappingStart:
                return ParseFlowMapping(NewNode(token, properties, YamlNodeKind.Mapping, YamlStyle.Flow));
            case YamlTokenKind.BlockSequenceStart when block:
                Take();
                return ParseSequence(NewNode(token, properties, YamlNodeKind.Sequence, YamlStyle.Block), indentless: false);
            case YamlTokenKind.BlockMappingStart when block:
                Take();
                return ParseMapping(NewNode(token, properties, YamlNodeKind.Mapping, YamlStyle.Block));
            case var _ when properties.Any:
                YamlNode empty = NewNode(token with { Start = token.Start with { Offset = _end } }, properties, YamlNodeKind.Scalar, YamlStyle.Plain);
                empty.End = _end;
                empty.Value = Meaning("", quoted: false, properties.Tag, properties.Mark);
                return empty;
            default:
                string context = block ? "while parsing a block node" : "while parsing a flow node";
                throw YamlErrorException.Syntax(context, token.Start, "did not find expected node content", token.Start);
        }
    }

    private YamlNode ParseAlias(YamlToken token)
    {
        Take();
        if (!_anchors.TryGetValue(token.Text, out YamlNode? target) || target is null)
        {
            string reason = target is null && _anchors.ContainsKey(token.Text)
                ? $"The alias '{token.Text}' stands inside of its own anchor."
                : $"Unknown alias: {token.Text}";
            _refusal ??= YamlErrorException.Unsupported(reason, token.Start);
            return Empty();
        }

        return new YamlNode
        {
            Kind = YamlNodeKind.Alias,
            Style = YamlStyle.Plain,
            Start = token.Start.Offset,
            ContentStart = token.Start.Offset,
            End = token.End.Offset,
            Column = token.Start.Column,
            Target = target,
            Value = target.Value,
            Size = target.Size,
            Depth = target.Depth,
        };
    }

    private static YamlNode NewNode(YamlToken token, Properties properties, YamlNodeKind kind, YamlStyle style) => new()
    {
        Kind = kind,
        Style = style,
        Start = properties.Any ? properties.Mark.Offset : token.Start.Offset,
        ContentStart = token.Start.Offset,
        Column = token.Start.Column,
        Anchor = properties.Anchor,
        Tag = properties.Tag,
    };

    private YamlNode ParseScalar(YamlToken token, Properties properties)
    {
        Take();
        YamlNode node = NewNode(token, properties, YamlNodeKind.Scalar, token.Style);
        node.End = token.End.Offset;
        bool quoted = token.Style != YamlStyle.Plain && properties.Tag is null;
        node.Value = Meaning(token.Text, quoted, properties.Tag, properties.Any ? properties.Mark : token.Start);
        return node;
    }

    // What the original refuses to make is told only when the text itself is without error, as there; the first one counts.
    private ConfigValue Meaning(string text, bool quoted, string? tag, YamlMark place)
    {
        if (_refusal is not null) return ConfigValue.Null;
        ConfigValue? value = YamlTags.Scalar(text, quoted, tag, out string? refusal);
        if (value is null) _refusal = YamlErrorException.Unsupported(refusal!, place);
        return value ?? ConfigValue.Null;
    }

    private Properties ParseProperties()
    {
        string? anchor = null;
        string? tag = null;
        YamlMark mark = _scanner.Peek().Start;
        while (true)
        {
            YamlToken token = _scanner.Peek();
            if (token.Kind == YamlTokenKind.Anchor && anchor is null) anchor = token.Text;
            else if (token.Kind == YamlTokenKind.Tag && tag is null) tag = ResolveTag(token, mark);
            else return new Properties(anchor, tag, mark);
            Take();
        }
    }

    private readonly string ResolveTag(YamlToken token, YamlMark start)
    {
        if (token.Text.Length == 0) return token.Suffix;
        return _tagHandles.TryGetValue(token.Text, out string? prefix)
            ? prefix + token.Suffix
            : throw YamlErrorException.Syntax("while parsing a node", start, "found undefined tag handle", token.Start);
    }

    private readonly record struct Properties(string? Anchor, string? Tag, YamlMark Mark)
    {
        public bool Any => Anchor is not null || Tag is not null;
    }
}
