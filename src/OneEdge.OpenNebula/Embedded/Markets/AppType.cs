namespace OneEdge.OpenNebula.Embedded;

/// <summary>What applications are, by the numbers of the core.</summary>
internal enum AppType
{
    Unknown = 0,
    Image = 1,
    VmTemplate = 2,
    ServiceTemplate = 3,
}
