using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>Whether a virtual machine says that it is ready.</summary>
internal static class VmReadiness
{
    public static bool IsReady(VirtualMachine vm) => vm.UserTemplate.Get("READY")?.Trim() == "YES";
}
