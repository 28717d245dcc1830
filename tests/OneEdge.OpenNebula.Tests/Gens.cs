using CsCheck;

namespace OneEdge.OpenNebula.Tests;

/// <summary>Generators that several tests share.</summary>
internal static class Gens
{
    /// <summary>One of some texts.</summary>
    public static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
