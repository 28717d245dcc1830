namespace OneEdge.Fuzz.Targets;

/// <summary>Every target.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
        [new ChangeLinesTarget(), new YamlPatchTarget(), new OnedTarget(), new ShellTarget(), new YamlTarget(), new PathTarget(), new UnifiedPatchTarget(),
            new TemplateTarget(), new XmlTarget(), new AnswerTarget(), new Qcow2Target()];
}
