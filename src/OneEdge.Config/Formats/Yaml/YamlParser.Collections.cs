namespace OneEdge.Config.Formats;

// Block and flow collections.
internal ref partial struct YamlParser
{
    private YamlNode ParseSequence(YamlNode node, bool indentless)
    {
        while (_scanner.Peek() is { Kind: YamlTokenKind.BlockEntry } dash)
        {
            Take();
            int from = _end;
            YamlTokenKind next = _scanner.Peek().Kind;
            bool empty = next is YamlTokenKind.BlockEntry or YamlTokenKind.BlockEnd || (indentless && next is YamlTokenKind.Key or YamlTokenKind.Value);
            AddItem(node, dash.Start.Offset, from, empty ? Empty() : ParseNode(block: true, indentless: false));
        }

        if (!indentless) TakeBlockEnd(node, "while parsing a block collection", "did not find expected '-' indicator");
        return FinishSequence(node, node.Entries[^1].End);
    }

    private YamlNode ParseMapping(YamlNode node)
    {
        while (_scanner.Peek() is { Kind: YamlTokenKind.Key } token)
        {
            int start = token.Start.Offset;
            YamlNode key = ParseBlockKey();
            ParseBlockValue(node, start, key);
        }

        TakeBlockEnd(node, "while parsing a block mapping", "did not find expected key");
        return FinishMapping(node, node.Entries[^1].End);
    }

    private YamlNode ParseBlockKey()
    {
        Take();
        return _scanner.Peek().Kind is YamlTokenKind.Key or YamlTokenKind.Value or YamlTokenKind.BlockEnd ? Empty() : ParseNode(block: true, indentless: true);
    }

    private void ParseBlockValue(YamlNode node, int start, YamlNode key)
    {
        int from = _end;
        if (_scanner.Peek().Kind != YamlTokenKind.Value)
        {
            AddMember(node, start, key, from, hasColon: false, Empty());
            return;
        }

        Take();
        from = _end;
        bool empty = _scanner.Peek().Kind is YamlTokenKind.Key or YamlTokenKind.Value or YamlTokenKind.BlockEnd;
        AddMember(node, start, key, from, hasColon: true, empty ? Empty() : ParseNode(block: true, indentless: true));
    }

    private void TakeBlockEnd(YamlNode node, string context, string problem)
    {
        YamlToken token = _scanner.Peek();
        if (token.Kind != YamlTokenKind.BlockEnd) throw YamlErrorException.Syntax(context, MarkOf(node), problem, token.Start);
        _scanner.Take();
    }

    // Only the offset is known any more; the reporter finds line and column from it.
    private static YamlMark MarkOf(YamlNode node) => new(node.Start, -1, -1, -1);

    private YamlNode ParseFlowSequence(YamlNode node)
    {
        Take();
        while (_scanner.Peek().Kind != YamlTokenKind.FlowSequenceEnd)
        {
            TakeComma(node, "while parsing a flow sequence", "did not find expected ',' or ']'");
            YamlToken token = _scanner.Peek();
            if (token.Kind == YamlTokenKind.FlowSequenceEnd) break;
            YamlNode item = token.Kind == YamlTokenKind.Key ? ParseFlowPair(token) : ParseNode(block: false, indentless: false);
            AddItem(node, item.Start, item.Start, item);
        }

        Take();
        return FinishSequence(node, _end);
    }

    // [a: b] holds a mapping of one member.
    private YamlNode ParseFlowPair(YamlToken token)
    {
        var node = new YamlNode
        {
            Kind = YamlNodeKind.Mapping,
            Style = YamlStyle.Block,
            Start = token.Start.Offset,
            ContentStart = token.Start.Offset,
            Column = -1,
        };
        Take();
        YamlNode key;
        if (_scanner.Peek().Kind is YamlTokenKind.Value or YamlTokenKind.FlowEntry or YamlTokenKind.FlowSequenceEnd)
        {
            // libyaml loses one token here; what it then refuses is refused.
            Take();
            key = Empty();
        }
        else
        {
            key = ParseNode(block: false, indentless: false);
        }

        ParseFlowValue(node, token.Start.Offset, key);
        return FinishMapping(node, node.Entries[0].End);
    }

    private YamlNode ParseFlowMapping(YamlNode node)
    {
        Take();
        while (_scanner.Peek().Kind != YamlTokenKind.FlowMappingEnd)
        {
            TakeComma(node, "while parsing a flow mapping", "did not find expected ',' or '}'");
            YamlToken token = _scanner.Peek();
            if (token.Kind == YamlTokenKind.FlowMappingEnd) break;
            ParseFlowMember(node, token);
        }

        Take();
        return FinishMapping(node, _end);
    }

    private void ParseFlowMember(YamlNode node, YamlToken token)
    {
        if (token.Kind != YamlTokenKind.Key)
        {
            YamlNode lone = ParseNode(block: false, indentless: false);
            AddMember(node, lone.Start, lone, _end, hasColon: false, Empty());
            return;
        }

        Take();
        bool empty = _scanner.Peek().Kind is YamlTokenKind.Value or YamlTokenKind.FlowEntry or YamlTokenKind.FlowMappingEnd;
        YamlNode key = empty ? Empty() : ParseNode(block: false, indentless: false);
        ParseFlowValue(node, token.Start.Offset, key);
    }

    private void ParseFlowValue(YamlNode node, int start, YamlNode key)
    {
        if (_scanner.Peek().Kind != YamlTokenKind.Value)
        {
            AddMember(node, start, key, _end, hasColon: false, Empty());
            return;
        }

        Take();
        int from = _end;
        bool empty = _scanner.Peek().Kind is YamlTokenKind.FlowEntry or YamlTokenKind.FlowSequenceEnd or YamlTokenKind.FlowMappingEnd;
        AddMember(node, start, key, from, hasColon: true, empty ? Empty() : ParseNode(block: false, indentless: false));
    }

    private void TakeComma(YamlNode node, string context, string problem)
    {
        if (node.Entries.Count == 0) return;
        YamlToken token = _scanner.Peek();
        if (token.Kind != YamlTokenKind.FlowEntry) throw YamlErrorException.Syntax(context, MarkOf(node), problem, token.Start);
        node.Entries[^1].Comma = token.Start.Offset;
        Take();
    }

    private static void AddItem(YamlNode node, int start, int from, YamlNode value) =>
        node.Entries.Add(new YamlEntry { Start = start, ValueFrom = from, Value = value });

    private static void AddMember(YamlNode node, int start, YamlNode key, int from, bool hasColon, YamlNode value) => node.Entries.Add(new YamlEntry
    {
        Start = start,
        Key = key,
        ValueFrom = from,
        HasColon = hasColon,
        Value = value,
        IsMerge = YamlMerge.IsMerge(key, value),
    });

    private YamlNode FinishSequence(YamlNode node, int end)
    {
        node.End = end;
        CountContent(node);
        if (YamlTags.RefusedSequence(node.Tag) is { } refused) Refuse(node, refused);
        else if (_refusal is null) node.Value = YamlTags.Sequence(node);
        return node;
    }

    private YamlNode FinishMapping(YamlNode node, int end)
    {
        node.End = end;
        CountContent(node);
        if (YamlTags.RefusedMapping(node.Tag) is { } refused) Refuse(node, refused);
        if (_refusal is not null) return node;
        node.Value = YamlTags.Mapping(node);
        if (node.Value.Members.Count == node.Entries.Count && !node.Entries.Exists(e => e.IsMerge)) return node;
        var seen = new HashSet<ConfigValue>();
        foreach (YamlEntry entry in node.Entries)
        {
            if (!entry.IsMerge && !seen.Add(entry.Key!.Value)) _repeated.Add((entry.Key, node));
        }

        return node;
    }

    private void Refuse(YamlNode node, string name) => _refusal ??= YamlErrorException.Unsupported($"Tried to load unspecified class: {name}", MarkOf(node));

    // Counts instead of expanding: an alias adds what it stands for.
    private readonly void CountContent(YamlNode node)
    {
        foreach (YamlEntry entry in node.Entries)
        {
            node.Size += entry.Value.Size + (entry.Key is { Kind: not YamlNodeKind.Scalar } key ? key.Size : 0);
            node.Depth = Math.Max(node.Depth, Math.Max(entry.Value.Depth, entry.Key?.Depth ?? 0));
            if (node.Size > _limits.MaxExpandedValues)
                throw YamlErrorException.Limit(
                    $"The document holds more than {_limits.MaxExpandedValues} values once its aliases are expanded.", MarkOf(entry.Value));
        }

        if (++node.Depth > _limits.MaxDepth) throw YamlErrorException.Limit($"Collections nest deeper than {_limits.MaxDepth} levels.", MarkOf(node));
    }
}
