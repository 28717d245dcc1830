namespace OneEdge.Config;

/// <summary>Why a change of the user can't simply be carried over to the new release.</summary>
public enum ConflictKind
{
    /// <summary>The user and the new release gave the same key different values, or one removed what the other changed.</summary>
    BothChanged,

    /// <summary>What contained the changed value is gone in the new release.</summary>
    Gone,

    /// <summary>The value is of another kind in the new release (a section became a value, a list a map...).</summary>
    TypeChanged,

    /// <summary>The user changed a file that the new release no longer has.</summary>
    FileGone,

    /// <summary>The user has a file of a name that the new release brings too.</summary>
    FileAdded,

    /// <summary>One of the three files can't be read in its format.</summary>
    Unreadable,

    /// <summary>The user changed statements of a shell file that are no variables, and the new release changed the file: the one text or the other.</summary>
    Statements,
}
