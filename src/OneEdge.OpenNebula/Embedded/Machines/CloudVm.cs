namespace OneEdge.OpenNebula.Embedded;

/// <summary>A virtual machine.</summary>
internal sealed partial class CloudVm(int id, string name) : CloudObject(ObjectKind.Vm, id, name)
{
    public override void Write(XmlText xml, XmlView view)
    {
    }
}
