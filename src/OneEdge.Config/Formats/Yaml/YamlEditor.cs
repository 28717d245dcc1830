using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Applies changes to the values of a YAML file as the original does, and writes what came of them into the text at the end.</summary>
internal sealed class YamlEditor : ConfigEditor
{
    private readonly YamlDocument _document;
    private readonly YamlObjects _objects;
    private YamlObject _root;
    private bool _changed;

    public YamlEditor(YamlDocument document)
    {
        _document = document;
        _objects = new YamlObjects(document.IsStrict, document.Tree.Anchors.Count > 0);
        _root = _objects.Wrap(document.ToValue());
    }

    /// <summary>How coarse the last text had to be; for tests.</summary>
    public YamlEditDetail Detail { get; private set; }

    /// <summary>The data with every change so far.</summary>
    public ConfigValue Value => _root.Value;

    public override ChangeOutcome Apply(ConfigChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (Refused(change.Key) || Refused(change.Value))
            return ChangeOutcome.Failed(change, "A symbol with bytes that are not UTF-8 cannot be written as YAML");
        var way = new List<YamlObject> { _root };
        foreach (ConfigValue key in change.Path)
        {
            if (way[^1].Kind != ConfigValueKind.Map || !way[^1].Members.TryGet(key, out YamlObject? next)) return PathMissing(change);
            way.Add(next);
        }

        ChangeOutcome outcome = change.Kind switch
        {
            ChangeKind.Insert => Insert(change, way),
            ChangeKind.Set => Set(change, way),
            ChangeKind.Remove => Remove(change, way),
            _ => ChangeOutcome.Failed(change, $"Invalid patch action '{change.Kind}'"),
        };
        if (outcome.Status != ChangeStatus.Applied) return outcome;
        _changed = true;
        _objects.Changed();
        foreach (YamlObject touched in way) touched.Changed();
        return outcome;
    }

    public override SourceText ToSource()
    {
        if (!_changed) return _document.Source;
        SourceText text = YamlTextWriter.Write(_document, _root.Value, out YamlEditDetail detail);
        Detail = detail;
        return text;
    }

    private ChangeOutcome Insert(ConfigChange change, List<YamlObject> way)
    {
        YamlObject target = way[^1];
        ConfigValue value = change.Value ?? ConfigValue.Null;
        if (change.Key is null) return InsertItem(change, target, value);
        if (target.Kind != ConfigValueKind.Map) return WrongKind(change, "Hash", target);
        if (!target.Members.TryGet(change.Key, out YamlObject? present))
        {
            target.Members.Set(change.Key, value);
            return ChangeOutcome.Applied(change);
        }

        if (change.IsLine && present.Kind == ConfigValueKind.Array)
        {
            way.Add(present);
            return InsertItem(change, present, value);
        }

        if (_objects.Comparer.Equals(present.Value, value)) return ChangeOutcome.NotApplied(change, "The key has this value already.");
        target.Members.Set(change.Key, value);
        return ChangeOutcome.Applied(change, replaced: true);
    }

    private ChangeOutcome InsertItem(ConfigChange change, YamlObject target, ConfigValue value)
    {
        if (target.Kind != ConfigValueKind.Array) return WrongKind(change, "Array", target);
        if (target.Items.Contains(value)) return ChangeOutcome.NotApplied(change, "The array has this item already.");
        if (!_document.IsStrict || change.Key is not null || change.Index is not { } index)
        {
            target.Items.Add(value);
            return ChangeOutcome.Applied(change);
        }

        if (index < 0 || !target.Items.At(index).Equals(change.Old ?? ConfigValue.Null)) return ItemMissing(change);
        target.Items.Insert(index, value);
        return ChangeOutcome.Applied(change);
    }

    private ChangeOutcome Set(ConfigChange change, List<YamlObject> way)
    {
        YamlObject target = way[^1];
        ConfigValue value = change.Value ?? ConfigValue.Null;
        if (change.Key is null)
        {
            if (change.Path.Count > 0) return ChangeOutcome.Failed(change, "Invalid patch without \"key\" or \"path\"");
            _root = _objects.Wrap(value);
            return ChangeOutcome.Applied(change);
        }

        if (target.Kind != ConfigValueKind.Map) return WrongKind(change, "Hash", target);
        bool expected = target.Members.TryGet(change.Key, out YamlObject? present) && _objects.Comparer.Equals(present.Value, change.Old ?? ConfigValue.Null);
        target.Members.Set(change.Key, value);
        return ChangeOutcome.Applied(change, replaced: !expected);
    }

    private ChangeOutcome Remove(ConfigChange change, List<YamlObject> way)
    {
        YamlObject target = way[^1];
        if (change.Key is not null)
        {
            if (target.Kind != ConfigValueKind.Map) return WrongKind(change, "Hash", target);
            return target.Members.Remove(change.Key) ? ChangeOutcome.Applied(change) : ChangeOutcome.NotApplied(change, "There is no such key.");
        }

        ConfigValue old = change.Old ?? ConfigValue.Null;
        if (_document.IsStrict && change.Index is { } index)
        {
            if (target.Kind != ConfigValueKind.Array) return WrongKind(change, "Array", target);
            return index >= 0 && target.Items.At(index).Equals(old) && target.Items.RemoveAt(index) ? ChangeOutcome.Applied(change) : ItemMissing(change);
        }

        return target.Kind switch
        {
            ConfigValueKind.Array when target.Items.Remove(old) => ChangeOutcome.Applied(change),
            ConfigValueKind.Array => ChangeOutcome.NotApplied(change, "The array has no such item."),
            ConfigValueKind.Map => ChangeOutcome.NotApplied(change, "An item can be removed from an array only; name the key in the path."),
            _ => ChangeOutcome.Failed(change, $"Unexpected data type {RubyText.ClassOf(target.Value)} found"),
        };
    }

    // Text is written as !binary then; for symbols there is no such form.
    private static bool Refused(ConfigValue? value) => value?.Kind switch
    {
        ConfigValueKind.Symbol => YamlScalarText.HasCarrier(value.AsString()),
        ConfigValueKind.Array => value.Items.Any(Refused),
        ConfigValueKind.Map => value.Members.Any(m => Refused(m.Key) || Refused(m.Value)),
        _ => false,
    };

    private static ChangeOutcome PathMissing(ConfigChange change) =>
        ChangeOutcome.Failed(change, $"Patch path '{string.Join('/', change.Path.Select(RubyText.Of))}' not found");

    private static ChangeOutcome WrongKind(ConfigChange change, string expected, YamlObject target) =>
        ChangeOutcome.Failed(change, $"Expected {expected} but got {RubyText.ClassOf(target.Value)}");

    private static ChangeOutcome ItemMissing(ConfigChange change) =>
        ChangeOutcome.Failed(change, $"Value '{RubyText.Of(ConfigSecrets.Mask(change).Old ?? ConfigValue.Null)}' not found");
}
