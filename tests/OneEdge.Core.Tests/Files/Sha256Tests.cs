using System.Security.Cryptography;
using CsCheck;
using OneEdge.Files;

namespace OneEdge.Core.Tests.Files;

public sealed class Sha256Tests
{
    [Fact]
    public void Every_length_around_the_block_size_hashes_as_the_system_does()
    {
        byte[] data = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];
        for (int length = 0; length <= data.Length; length++) Assert.Equal(SHA256.HashData(data.AsSpan(..length)), Sha256.HashHere(data.AsSpan(..length)));
    }

    [Fact]
    public void Random_content_hashes_as_the_system_does() =>
        Gen.Byte.Array[0, 5000].Sample(data => Assert.Equal(SHA256.HashData(data), Sha256.HashHere(data)), iter: 1000);

    [Fact]
    public void Large_content_has_the_same_hash_on_both_ways()
    {
        byte[] data = new byte[(4 << 20) + 13];
        data.AsSpan().Fill(0xA5);
        Assert.Equal(Sha256.HashHere(data), Sha256.HashData(data));
    }
}
