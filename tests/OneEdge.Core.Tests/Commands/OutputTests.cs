using System.Text;
using CsCheck;
using OneEdge.Commands;

namespace OneEdge.Core.Tests.Commands;

public sealed class OutputTests
{
    [Fact]
    public void Kept_output_is_the_first_and_the_last_half_of_the_limit() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 30].Array[0, 20]).Sample((limit, chunks) =>
        {
            var keeper = new OutputKeeper(limit);
            var all = new StringBuilder();
            foreach (int chunk in chunks)
            {
                string text = string.Concat(Enumerable.Range(all.Length, chunk).Select(i => (char)('a' + (i % 26))));
                all.Append(text);
                keeper.Add(Encoding.ASCII.GetBytes(text));
            }

            string whole = all.ToString();
            string expected = whole.Length <= limit ? whole
                : $"{whole[..(limit / 2)]}\n[{whole.Length - limit} bytes left out]\n{whole[^(limit - (limit / 2))..]}";
            Assert.Equal(expected, keeper.ToText(mask: null));
            Assert.Equal(whole.Length > limit, keeper.IsTruncated);
        });

    [Fact]
    public void Secret_cut_by_the_limit_does_not_show_in_part()
    {
        for (int limit = 8; limit < 40; limit++)
        {
            var keeper = new OutputKeeper(limit);
            keeper.Add("0123456789 CORRECTHORSE 0123456789 CORRECTHORSE 0123456789"u8);
            string text = keeper.ToText(new SecretMask(["CORRECTHORSE"]));
            Assert.DoesNotContain(text, c => char.IsAsciiLetterUpper(c));
        }
    }

    [Fact]
    public void Longer_secret_wins_over_a_shorter_one_within_it() => Assert.Equal("x *** y", new SecretMask(["ab", "zabz"]).Apply("x zabz y"));

    [Fact]
    public void Lines_of_a_secret_are_secret() => Assert.Equal("***", new SecretMask(["first line\nsecond line"]).Apply("second line"));

    [Fact]
    public void Lines_are_cut_like_the_text() =>
        Gen.Select(Gen.OneOf(Gen.Const("\n"), Gen.Const("\r\n"), Gen.String[Gen.Char['a', 'e'], 0, 5]).Array[0, 20], Gen.Int[1, 7]).Sample((parts, size) =>
        {
            string text = string.Concat(parts);
            byte[] bytes = Encoding.ASCII.GetBytes(text);
            var reader = new LineReader();
            List<string> lines = [];
            for (int i = 0; i < bytes.Length; i += size) lines.AddRange(reader.Add(bytes.AsSpan(i, Math.Min(size, bytes.Length - i))));
            if (reader.Finish() is { } last) lines.Add(last);
            using var expected = new StringReader(text);
            Assert.Equal(Enumerable.Range(0, int.MaxValue).Select(_ => expected.ReadLine()).TakeWhile(line => line is not null), lines);
        });

    [Fact]
    public void Endless_line_comes_in_pieces()
    {
        var reader = new LineReader();
        List<string> lines = reader.Add(new byte[(3 * LineReader.MaxLineBytes) + 1]);
        Assert.Equal([LineReader.MaxLineBytes, LineReader.MaxLineBytes, LineReader.MaxLineBytes], lines.Select(line => line.Length));
        Assert.Equal(1, reader.Finish()?.Length);
    }
}
