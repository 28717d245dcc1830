using System.Collections.Frozen;
using System.Text;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The names of states as messages and topics have them: <c>HOTPLUG_NIC</c>.</summary>
internal static class VmStateNames
{
    private static readonly FrozenDictionary<VmState, string> States = Enum.GetValues<VmState>().ToFrozenDictionary(s => s, s => Upper(s.ToString()));

    private static readonly FrozenDictionary<LcmState, string> LcmStates = Enum.GetValues<LcmState>().ToFrozenDictionary(s => s, s => Upper(s.ToString()));

    public static string Of(VmState state) => States[state];

    public static string Of(LcmState state) => LcmStates[state];

    private static string Upper(string name)
    {
        var upper = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && upper.Length > 0) upper.Append('_');
            upper.Append(char.ToUpperInvariant(c));
        }

        return upper.ToString();
    }
}
