namespace OneEdge.Host;

/// <summary>The stable codes of the errors that the program itself finds; those of the libraries are in their own lists.</summary>
internal static class HostErrorCodes
{
    /// <summary>The command line is not understood.</summary>
    public const string Usage = "OEH0001";

    /// <summary>A file can't be read or written.</summary>
    public const string Storage = "OEH0002";

    /// <summary>The format of a file is not known.</summary>
    public const string UnknownFormat = "OEH0003";

    /// <summary>There is no value at a path.</summary>
    public const string NoValue = "OEH0004";

    /// <summary>A change does not apply.</summary>
    public const string NotApplied = "OEH0005";

    /// <summary>A file stands in one of two trees only, in a form that can't say it.</summary>
    public const string OnlyInOne = "OEH0006";

    /// <summary>An action of a transfer driver, or its arguments, are not understood.</summary>
    public const string NoTransferAction = "OEH0020";

    /// <summary>A file that somebody else wrote stands where one is to be written.</summary>
    public const string ForeignFile = "OEH0021";

    /// <summary>Nothing, or more than one thing, has a name.</summary>
    public const string NoSuchName = "OEH0030";

    /// <summary>What was waited for did not come.</summary>
    public const string NotReached = "OEH0031";

    /// <summary>A fault of the program.</summary>
    public const string Fault = "OEH0099";
}
