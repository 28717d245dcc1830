namespace OneEdge.Config.Tests.Formats.Oned;

/// <summary>Where oned.conf is handled better than the original does: rules that hold for cases that nobody has seen.</summary>
internal static class OnedDeviations
{
    /// <summary>A value or name that cannot be written is refused at once; the original says [OK] and dies on saving.</summary>
    public const string RefusedBeforeSaving = "oned-refused-before-saving";

    /// <summary>A change that leaves a file which cannot be read again is refused; the original saves it.</summary>
    public const string KeepsLoadable = "oned-keeps-loadable";

    /// <summary>A byte order mark and CR LF line ends are accepted.</summary>
    public const string WindowsText = "oned-windows-text";

    /// <summary>The change line <c>rm VM_MAD/"kvm"</c> removes that section.</summary>
    public const string SectionRemovalLine = "oned-section-removal-line";

    /// <summary>Augeas expressions other than NAME[n] are refused.</summary>
    public const string NoExpressions = "oned-no-expressions";

    /// <summary>A section whose NAME holds an apostrophe can be addressed.</summary>
    public const string Apostrophe = "oned-apostrophe-in-name";
}
