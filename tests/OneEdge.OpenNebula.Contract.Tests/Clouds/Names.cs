namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>Names that no other test has, nor anybody else.</summary>
internal static class Names
{
    public static string New(string word) => $"contract-{word}-{Guid.NewGuid():N}"[..(word.Length + 20)];
}
